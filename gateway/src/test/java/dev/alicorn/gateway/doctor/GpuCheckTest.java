package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.gpuworker.device.CudaDevice;
import dev.alicorn.gpuworker.device.CudaVersion;
import dev.alicorn.gpuworker.device.DeviceProbe;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuCheckTest {
  @Test
  void devicesAreListed() {
    DeviceProbe found =
        new DeviceProbe.Found(
            new CudaVersion(13, 0),
            List.of(
                new CudaDevice("NVIDIA H200", 9, 0, 150_754_820_096L),
                new CudaDevice("NVIDIA L4", 8, 9, 23_659_347_968L)));

    assertThat(look(found))
        .isEqualTo(
            Diagnosis.ok(
                "NVIDIA H200 (150.8 GB, compute capability 9.0), NVIDIA L4 (23.7 GB, compute capability 8.9), a driver for CUDA 13.0"));
  }

  @Test
  void noDeviceIsNothingWrongAndABrokenDriverIs() {
    assertThat(look(new DeviceProbe.NoDevice("no driver"))).isEqualTo(Diagnosis.none("no driver"));
    assertThat(look(new DeviceProbe.Unusable("too old"))).isEqualTo(Diagnosis.warn("too old"));
  }

  @Test
  void whereAnEncoderNeedsADeviceBothFail() {
    assertThat(new GpuCheck(() -> new DeviceProbe.NoDevice("no driver"), true).look())
        .isEqualTo(Diagnosis.fail("no driver"));
    assertThat(new GpuCheck(() -> new DeviceProbe.Unusable("too old"), true).look())
        .isEqualTo(Diagnosis.fail("too old"));
  }

  private static Diagnosis look(DeviceProbe probe) {
    return new GpuCheck(() -> probe, false).look();
  }
}
