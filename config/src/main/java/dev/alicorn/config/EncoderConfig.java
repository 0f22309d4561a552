package dev.alicorn.config;

import java.util.OptionalInt;

/// A text encoder of the deployment, in one of the kinds there are.
public sealed interface EncoderConfig {

  /// ONNX Runtime on the CPU, in this process (`kind = onnx`).
  ///
  /// @param callers threads that call the runtime at a time; empty for as many as suit the machine
  record Onnx(EncoderSource source, OptionalInt callers) implements EncoderConfig {}
}
