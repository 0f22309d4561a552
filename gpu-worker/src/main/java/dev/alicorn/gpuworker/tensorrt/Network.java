package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.tensorrt.cuda.CudaHandle;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;

/// An encoder's network on the device, for the use of one stream.
///
/// Nothing but a bucket's one enqueue is done between two syncs of its stream.
interface Network extends AutoCloseable {

  /// Sets a bucket's shape and tells how much device memory a run of it needs besides its inputs
  /// and its output.
  long shape(int index, Bucket bucket, CudaHandle stream) throws DeviceException;

  /// Sets where a bucket's run finds its memory.
  ///
  /// @param scratch as large as any bucket needs; runs of one stream share it
  /// @param inputs addresses on the device, in the order of the encoder's inputs
  /// @param vectors address on the device of the output, `[rows, dimension]`
  void bind(int index, CudaHandle scratch, long scratchBytes, long[] inputs, long vectors)
      throws DeviceException;

  /// Enqueues a run of a bucket.
  void enqueue(int index, CudaHandle stream) throws DeviceException;

  @Override
  void close();
}
