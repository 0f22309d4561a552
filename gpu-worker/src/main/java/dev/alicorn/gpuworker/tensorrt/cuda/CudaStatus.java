package dev.alicorn.gpuworker.tensorrt.cuda;

/// A code that the CUDA driver answers with; numbers and names are those of `CUresult` in NVIDIA's
/// driver API.
public record CudaStatus(int code) {
  static final CudaStatus SUCCESS = new CudaStatus(0);

  /// NVIDIA's name, or the number where it is a rare one.
  public String text() {
    String name =
        switch (code) {
          case 0 -> "CUDA_SUCCESS";
          case 1 -> "CUDA_ERROR_INVALID_VALUE";
          case 2 -> "CUDA_ERROR_OUT_OF_MEMORY";
          case 3 -> "CUDA_ERROR_NOT_INITIALIZED";
          case 4 -> "CUDA_ERROR_DEINITIALIZED";
          case 46 -> "CUDA_ERROR_DEVICE_UNAVAILABLE";
          case 100 -> "CUDA_ERROR_NO_DEVICE";
          case 101 -> "CUDA_ERROR_INVALID_DEVICE";
          case 201 -> "CUDA_ERROR_INVALID_CONTEXT";
          case 209 -> "CUDA_ERROR_NO_BINARY_FOR_GPU";
          case 214 -> "CUDA_ERROR_ECC_UNCORRECTABLE";
          case 400 -> "CUDA_ERROR_INVALID_HANDLE";
          case 700 -> "CUDA_ERROR_ILLEGAL_ADDRESS";
          case 701 -> "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES";
          case 702 -> "CUDA_ERROR_LAUNCH_TIMEOUT";
          case 709 -> "CUDA_ERROR_CONTEXT_IS_DESTROYED";
          case 710 -> "CUDA_ERROR_ASSERT";
          case 714 -> "CUDA_ERROR_HARDWARE_STACK_ERROR";
          case 715 -> "CUDA_ERROR_ILLEGAL_INSTRUCTION";
          case 716 -> "CUDA_ERROR_MISALIGNED_ADDRESS";
          case 717 -> "CUDA_ERROR_INVALID_ADDRESS_SPACE";
          case 718 -> "CUDA_ERROR_INVALID_PC";
          case 719 -> "CUDA_ERROR_LAUNCH_FAILED";
          case 900 -> "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED";
          case 901 -> "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED";
          case 999 -> "CUDA_ERROR_UNKNOWN";
          default -> "";
        };
    return name.isEmpty() ? "CUDA error " + code : name + " (" + code + ")";
  }

  public boolean isOutOfMemory() {
    return code == 2;
  }

  /// Whether every later call of the process fails too, so that only a new process helps.
  public boolean isSticky() {
    return switch (code) {
      case 4, 214, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999 -> true;
      default -> false;
    };
  }
}
