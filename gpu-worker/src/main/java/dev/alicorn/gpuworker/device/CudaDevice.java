package dev.alicorn.gpuworker.device;

/// A device as the CUDA driver describes it.
///
/// @param name the maker's, such as `NVIDIA H100 80GB HBM3`
/// @param capabilityMajor of the compute capability, 9 of 9.0
/// @param capabilityMinor of the compute capability, 0 of 9.0
/// @param memoryBytes all there is, whoever uses it
public record CudaDevice(String name, int capabilityMajor, int capabilityMinor, long memoryBytes) {

  /// The compute capability as NVIDIA writes it, such as `9.0`.
  public String capability() {
    return capabilityMajor + "." + capabilityMinor;
  }
}
