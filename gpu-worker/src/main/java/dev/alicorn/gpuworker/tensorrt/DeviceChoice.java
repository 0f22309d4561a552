package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.device.CudaDevice;
import dev.alicorn.gpuworker.device.CudaVersion;
import dev.alicorn.gpuworker.device.DeviceProbe;
import java.util.Comparator;
import java.util.stream.Collectors;

/// The device that an encoder runs on: the first that TensorRT 11 can use.
///
/// @param ordinal its place in the driver's order
/// @param driver the newest CUDA that the driver serves
record DeviceChoice(int ordinal, CudaDevice device, CudaVersion driver) {
  /// Turing's; TensorRT 11 knows none older.
  private static final int CAPABILITY_MAJOR_MIN = 7;

  private static final int CAPABILITY_MINOR_MIN = 5;
  private static final String MEND = "; kind = onnx runs the encoder on the CPU";

  /// @throws EncoderException where there is none, with the reason
  static DeviceChoice of(DeviceProbe probe) throws EncoderException {
    return switch (probe) {
      case DeviceProbe.NoDevice(String reason) ->
          throw new EncoderException("TensorRT: " + reason + MEND);
      case DeviceProbe.Unusable(String reason) ->
          throw new EncoderException("TensorRT: " + reason + MEND);
      case DeviceProbe.Found found -> of(found);
    };
  }

  private static DeviceChoice of(DeviceProbe.Found found) throws EncoderException {
    for (int i = 0; i < found.devices().size(); i++) {
      if (isCapable(found.devices().get(i))) {
        return new DeviceChoice(i, found.devices().get(i), found.driver());
      }
    }
    throw new EncoderException(
        "TensorRT: it needs a device of compute capability %d.%d or newer, and there is %s%s"
            .formatted(
                CAPABILITY_MAJOR_MIN,
                CAPABILITY_MINOR_MIN,
                found.devices().stream()
                    .map(device -> device.name() + " of " + device.capability())
                    .collect(Collectors.joining(", ")),
                MEND));
  }

  private static boolean isCapable(CudaDevice device) {
    return Comparator.comparingInt(CudaDevice::capabilityMajor)
            .thenComparingInt(CudaDevice::capabilityMinor)
            .compare(device, new CudaDevice("", CAPABILITY_MAJOR_MIN, CAPABILITY_MINOR_MIN, 0))
        >= 0;
  }
}
