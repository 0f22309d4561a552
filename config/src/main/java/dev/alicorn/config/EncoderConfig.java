package dev.alicorn.config;

import java.util.OptionalInt;

/// A text encoder of the deployment, in one of the kinds there are.
public sealed interface EncoderConfig {
  String model();

  /// ONNX Runtime on the CPU, in this process (`kind = onnx`).
  ///
  /// @param callers threads that call the runtime at a time; empty for as many as suit the machine
  record Onnx(String model, OptionalInt callers) implements EncoderConfig {}
}
