package dev.alicorn.gpuworker.device;

/// A driver that does not do what it is asked for; a sentence with the mend.
final class DriverException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean noDevice;

  private DriverException(String message, boolean noDevice) {
    super(message);
    this.noDevice = noDevice;
  }

  /// A function that gave a code other than 0.
  static DriverException ofCode(String function, int code) {
    return new DriverException(
        DriverComplaint.ofCode(function, code), code == DriverComplaint.CODE_NO_DEVICE);
  }

  /// A function that is not there.
  static DriverException ofAbsent(String function) {
    return new DriverException(DriverComplaint.noFunction(function), false);
  }

  /// Whether nothing is wrong but that there is no device.
  boolean noDevice() {
    return noDevice;
  }
}
