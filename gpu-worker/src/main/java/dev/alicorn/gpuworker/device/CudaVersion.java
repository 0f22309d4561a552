package dev.alicorn.gpuworker.device;

import java.util.Comparator;

/// A version of CUDA, such as the newest that a driver can serve.
public record CudaVersion(int major, int minor) implements Comparable<CudaVersion> {
  private static final int PER_MAJOR = 1_000;
  private static final int PER_MINOR = 10;

  /// The version in the driver's notation, which is 13030 for 13.3.
  static CudaVersion ofDriver(int number) {
    return new CudaVersion(number / PER_MAJOR, number % PER_MAJOR / PER_MINOR);
  }

  @Override
  public int compareTo(CudaVersion other) {
    return Comparator.comparingInt(CudaVersion::major)
        .thenComparingInt(CudaVersion::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
