package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.jspecify.annotations.Nullable;

/// The one place where TensorRT's answers are looked at: it says false or null, and logs why.
record TensorRtCalls(TensorRtLog log) {

  /// An address that belongs to somebody else.
  private static final class Address extends Pointer {
    private Address(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }

  /// @throws DeviceException where the call said false
  void done(boolean answer, String call) throws DeviceException {
    if (!answer) {
      throw DeviceException.ofRefusal(call, log.lastError());
    }
  }

  /// @throws DeviceException where the call gave null
  <T extends Pointer> T made(@Nullable T object, String call) throws DeviceException {
    if (object == null || object.isNull()) {
      throw DeviceException.ofRefusal(call, log.lastError());
    }
    return object;
  }

  static Pointer pointer(long address) {
    return new Address(address);
  }

  static CUstream_st stream(long handle) {
    return new CUstream_st(pointer(handle));
  }

  static Dims64 dimensions(long... sizes) {
    Dims64 dimensions = new Dims64();
    dimensions.nbDims(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      dimensions.d(i, sizes[i]);
    }
    return dimensions;
  }
}
