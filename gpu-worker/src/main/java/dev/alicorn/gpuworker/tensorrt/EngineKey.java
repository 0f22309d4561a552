package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.gpuworker.device.CudaVersion;
import dev.alicorn.protocol.ContentHash;

/// All that decides what an engine computes, to the last bit, and where it runs.
///
/// @param weights SHA-256 of the exported graph and its weights, in hexadecimal
/// @param settings what `encoder.conf` says that goes into the graph
/// @param tensorRt version, such as 110201
record EngineKey(
    String weights,
    String settings,
    int tensorRt,
    String capability,
    String device,
    CudaVersion driver,
    Buckets buckets,
    Precision precision) {
  /// Of [dev.alicorn.gpuworker.tensorrt.graph.EncoderGraph] and of the builder's flags; counts up
  /// when either changes.
  private static final int RECIPE = 1;

  /// As it is hashed.
  String text() {
    return "recipe %d | weights %s | %s | TensorRT %d | compute capability %s | %s | driver CUDA %s | profiles %s | %s | TF32 off, distributive independence | optimisation level %d"
        .formatted(
            RECIPE,
            weights,
            settings,
            tensorRt,
            capability,
            device,
            driver,
            buckets,
            precision.key(),
            PlanRequest.OPTIMISATION_LEVEL);
  }

  ContentHash hash() {
    return ContentHash.of(text());
  }
}
