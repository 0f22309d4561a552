package dev.alicorn.gpuworker.device;

import java.util.List;

/// What the CUDA driver answered when it was asked for its devices.
///
/// No device is used for that: no context is opened and none of its memory taken.
public sealed interface DeviceProbe {
  /// The oldest CUDA that a driver must serve for a device to be of use to a GPU encoder.
  CudaVersion DRIVER_MIN = new CudaVersion(13, 0);

  /// Devices that can be used.
  ///
  /// @param driver the newest CUDA that the driver serves
  /// @param devices at least one, in the driver's order
  record Found(CudaVersion driver, List<CudaDevice> devices) implements DeviceProbe {
    public Found {
      devices = List.copyOf(devices);
    }
  }

  /// A machine, or a container, without a device.
  ///
  /// @param reason a sentence with the mend
  record NoDevice(String reason) implements DeviceProbe {}

  /// A driver that is there and of no use.
  ///
  /// @param reason a sentence with the mend
  record Unusable(String reason) implements DeviceProbe {}

  /// Asks the driver of this machine; takes up to seconds where devices have been asleep.
  static DeviceProbe ask() {
    return DriverInquiry.ofLibrary(DriverInquiry.LIBRARY);
  }
}
