package dev.alicorn.gpuworker.tensorrt.cuda;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something of the CUDA driver's that is freed once, by whoever holds this.
public final class CudaHandle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CudaHandle.class);

  private final long address;
  private final Freeing freeing;
  private boolean freed;

  @FunctionalInterface
  interface Freeing {
    void free(long address) throws DeviceException;
  }

  CudaHandle(long address, Freeing freeing) {
    this.address = address;
    this.freeing = freeing;
  }

  /// The driver's handle, or the address on the device.
  public long address() {
    if (freed) {
      throw new IllegalStateException("it was freed");
    }
    return address;
  }

  @Override
  public void close() {
    if (freed) {
      return;
    }
    freed = true;
    try {
      freeing.free(address);
    } catch (DeviceException e) {
      // After a failure of the device nothing can be freed, and the process ends anyway.
      LOG.debug("freeing: {}", e.getMessage());
    }
  }
}
