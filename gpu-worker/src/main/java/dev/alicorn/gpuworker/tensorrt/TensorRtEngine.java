package dev.alicorn.gpuworker.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.createInferRuntime;

import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import dev.alicorn.gpuworker.tensorrt.graph.HostInput;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.ILogger.Severity;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An engine on the device, with its runtime.
///
/// The bindings cannot free what TensorRT makes: an engine stays as long as its process, and a
/// process opens each of its encoders once.
final class TensorRtEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TensorRtEngine.class);

  private final TensorRtCalls calls;

  /// Held for the engine, which needs it.
  @SuppressWarnings("UnusedVariable")
  private final IRuntime runtime;

  private final ICudaEngine engine;

  private TensorRtEngine(TensorRtCalls calls, IRuntime runtime, ICudaEngine engine) {
    this.calls = calls;
    this.runtime = runtime;
    this.engine = engine;
  }

  /// Loads a plan; the calling thread is in the device's context.
  ///
  /// @throws DeviceException where TensorRT does not take it, as of another version or device
  static TensorRtEngine load(Path plan) throws IOException, DeviceException {
    TensorRtCalls calls = new TensorRtCalls(new TensorRtLog(TensorRtEngine::tell));
    IRuntime runtime = calls.made(createInferRuntime(calls.log()), "createInferRuntime");
    try (FileChannel file = FileChannel.open(plan);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
      ICudaEngine engine =
          calls.made(
              runtime.deserializeCudaEngine(
                  TensorRtCalls.pointer(bytes.address()), bytes.byteSize()),
              "IRuntime::deserializeCudaEngine");
      return new TensorRtEngine(calls, runtime, engine);
    }
  }

  /// What the host gives it.
  List<HostInput> inputs() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < engine.getNbIOTensors(); i++) {
      names.add(engine.getIOTensorName(i));
    }
    return Arrays.stream(HostInput.values()).filter(each -> names.contains(each.tensor())).toList();
  }

  /// Executions of it for the use of one stream.
  Network network() {
    return new TensorRtNetwork(calls, engine, inputs());
  }

  private static void tell(Severity severity, String message) {
    switch (severity) {
      case kINTERNAL_ERROR, kERROR, kWARNING -> LOG.warn("TensorRT: {}", message);
      case kINFO, kVERBOSE -> LOG.debug("TensorRT: {}", message);
    }
  }
}
