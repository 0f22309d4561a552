package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.tensorrt.cuda.CudaHandle;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import dev.alicorn.gpuworker.tensorrt.graph.EncoderGraph;
import dev.alicorn.gpuworker.tensorrt.graph.HostInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.tensorrt.global.nvinfer.ExecutionContextAllocationStrategy;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/// An engine's executions for one stream: a context for each bucket, in the profile of the same
/// number, so that shapes and addresses are set once.
///
/// The bindings cannot free contexts; they have no device memory of their own.
final class TensorRtNetwork implements Network {
  private final TensorRtCalls calls;
  private final ICudaEngine engine;
  private final List<HostInput> inputs;
  private final Map<Integer, IExecutionContext> contexts = new HashMap<>();

  TensorRtNetwork(TensorRtCalls calls, ICudaEngine engine, List<HostInput> inputs) {
    this.calls = calls;
    this.engine = engine;
    this.inputs = inputs;
  }

  @Override
  public long shape(int index, Bucket bucket, CudaHandle stream) throws DeviceException {
    IExecutionContext context =
        calls.made(
            engine.createExecutionContext(ExecutionContextAllocationStrategy.kUSER_MANAGED),
            "ICudaEngine::createExecutionContext");
    contexts.put(index, context);
    calls.done(
        context.setOptimizationProfileAsync(index, TensorRtCalls.stream(stream.address())),
        "IExecutionContext::setOptimizationProfileAsync");
    for (HostInput input : inputs) {
      calls.done(
          context.setInputShape(
              input.tensor(),
              TensorRtCalls.dimensions(input.shape(bucket.rows(), bucket.tokens()))),
          "IExecutionContext::setInputShape of " + input.tensor());
    }
    // 0 is an error as well as no need of any; the profile's own bound is right either way.
    long bytes = context.updateDeviceMemorySizeForShapes();
    return bytes > 0 ? bytes : engine.getDeviceMemorySizeForProfileV2(index);
  }

  @Override
  public void bind(int index, CudaHandle scratch, long scratchBytes, long[] addresses, long vectors)
      throws DeviceException {
    IExecutionContext context = context(index);
    context.setDeviceMemoryV2(TensorRtCalls.pointer(scratch.address()), scratchBytes);
    for (int i = 0; i < addresses.length; i++) {
      calls.done(
          context.setTensorAddress(inputs.get(i).tensor(), TensorRtCalls.pointer(addresses[i])),
          "IExecutionContext::setTensorAddress of " + inputs.get(i).tensor());
    }
    calls.done(
        context.setTensorAddress(EncoderGraph.VECTOR, TensorRtCalls.pointer(vectors)),
        "IExecutionContext::setTensorAddress of " + EncoderGraph.VECTOR);
  }

  @Override
  public void enqueue(int index, CudaHandle stream) throws DeviceException {
    calls.done(
        context(index).enqueueV3(TensorRtCalls.stream(stream.address())),
        "IExecutionContext::enqueueV3");
  }

  @Override
  public void close() {
    contexts.clear();
  }

  private IExecutionContext context(int index) {
    IExecutionContext context = contexts.get(index);
    if (context == null) {
      throw new IllegalStateException("bucket " + index + " has no shape yet");
    }
    return context;
  }
}
