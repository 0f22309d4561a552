package dev.alicorn.gateway.doctor;

import dev.alicorn.gpuworker.device.CudaDevice;
import dev.alicorn.gpuworker.device.DeviceProbe;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Whether there is an NVIDIA device with a driver that it can be used by.
///
/// @param needed whether an encoder of the deployment runs on one
record GpuCheck(Supplier<DeviceProbe> probe, boolean needed) implements Check {

  @Override
  public String subject() {
    return "gpu";
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public Verdict whenLate() {
    return Verdict.WARN;
  }

  @Override
  public Diagnosis look() {
    return switch (probe.get()) {
      case DeviceProbe.Found found ->
          Diagnosis.ok(
              found.devices().stream().map(GpuCheck::describe).collect(Collectors.joining(", "))
                  + ", a driver for CUDA "
                  + found.driver());
      case DeviceProbe.NoDevice(String reason) ->
          needed ? Diagnosis.fail(reason) : Diagnosis.none(reason);
      case DeviceProbe.Unusable(String reason) ->
          needed ? Diagnosis.fail(reason) : Diagnosis.warn(reason);
    };
  }

  private static String describe(CudaDevice device) {
    return "%s (%s, compute capability %s)"
        .formatted(device.name(), Figures.bytes(device.memoryBytes()), device.capability());
  }
}
