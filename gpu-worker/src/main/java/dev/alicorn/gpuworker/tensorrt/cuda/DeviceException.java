package dev.alicorn.gpuworker.tensorrt.cuda;

import java.util.Locale;

/// A call of the CUDA driver or of TensorRT that failed: its name and what it answered.
public final class DeviceException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean outOfMemory;
  private final boolean sticky;

  private DeviceException(String message, boolean outOfMemory, boolean sticky) {
    super(message);
    this.outOfMemory = outOfMemory;
    this.sticky = sticky;
  }

  /// A call of the CUDA driver.
  static DeviceException ofStatus(String call, CudaStatus status) {
    return new DeviceException(
        "%s gave %s".formatted(call, status.text()), status.isOutOfMemory(), status.isSticky());
  }

  /// A call of TensorRT, which says no more than no.
  ///
  /// @param said what TensorRT logged last
  public static DeviceException ofRefusal(String call, String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return new DeviceException(
        "%s failed%s".formatted(call, said.isEmpty() ? "" : ": " + said),
        lower.contains("out of memory") || lower.contains("outofmemory"),
        false);
  }

  /// Whether it goes on with less.
  public boolean isOutOfMemory() {
    return outOfMemory;
  }

  /// Whether the device is lost to this process.
  public boolean isSticky() {
    return sticky;
  }
}
