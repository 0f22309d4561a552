package dev.alicorn.gpuworker.tensorrt.cuda;

import java.lang.foreign.MemorySegment;

/// Memory of the host that the device copies from and to by itself.
///
/// @param segment valid until the handle is closed
public record CudaPinned(CudaHandle handle, MemorySegment segment) implements AutoCloseable {
  @Override
  public void close() {
    handle.close();
  }
}
