package dev.alicorn.gpuworker.device;

/// What a user is told when the CUDA driver is not there or refuses: a sentence with the mend.
///
/// The numbers are those of `CUresult` in NVIDIA's CUDA driver API, and 35 of `cudaError_t` in its
/// runtime API.
final class DriverComplaint {
  static final int CODE_NO_DEVICE = 100;

  static final String NO_DEVICE =
      "the NVIDIA driver finds no device; see that nvidia-smi lists one, that CUDA_VISIBLE_DEVICES does not hide it, and that a container was given it";

  private static final String UPDATE = "install NVIDIA's driver 580 or newer";

  private DriverComplaint() {}

  static String noLibrary(String library) {
    return "no NVIDIA driver, since %s cannot be loaded; where there is a device, %s, and start a container with `--gpus all`"
        .formatted(library, UPDATE);
  }

  static String noFunction(String function) {
    return "the NVIDIA driver has no %s, so it is none or a very old one; %s"
        .formatted(function, UPDATE);
  }

  static String tooOld(CudaVersion version) {
    return "the NVIDIA driver serves CUDA %s and %s is needed; %s"
        .formatted(version, DeviceProbe.DRIVER_MIN, UPDATE);
  }

  static String ofCode(String function, int code) {
    return switch (code) {
      case CODE_NO_DEVICE -> NO_DEVICE;
      case 34 ->
          "libcuda.so.1 is the stub that programs are linked with (CUDA error 34); take the folder `stubs` out of LD_LIBRARY_PATH";
      case 35 -> "the NVIDIA driver is too old (CUDA error 35); " + UPDATE;
      case 46 ->
          "the NVIDIA device is in use by a process that has it alone (CUDA error 46); end that process, or set the compute mode to DEFAULT";
      case 802 ->
          "the NVIDIA devices are not ready yet (CUDA error 802); start nvidia-fabricmanager, of the driver's version";
      case 803 ->
          "libcuda.so.1 and the kernel's NVIDIA module are of different versions (CUDA error 803); restart the machine after an update of the driver";
      case 804 ->
          "libcuda.so.1 is of a compatibility package that this device cannot use (CUDA error 804); take the folder `compat` out of LD_LIBRARY_PATH, or "
              + UPDATE;
      case 999 ->
          "the NVIDIA driver fails for a reason it does not know (CUDA error 999); load the kernel module nvidia-uvm, or restart the machine";
      default ->
          "%s of the NVIDIA driver fails with CUDA error %s; see whether nvidia-smi works, and restart the machine where it does not"
              .formatted(function, code);
    };
  }
}
