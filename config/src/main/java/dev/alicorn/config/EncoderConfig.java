package dev.alicorn.config;

import java.util.OptionalInt;

/// A text encoder of the deployment, in one of the kinds there are.
public sealed interface EncoderConfig {

  /// Worker processes that the engine starts for it; 0 where it starts none.
  int processes();

  /// ONNX Runtime on the CPU (`kind = onnx`), in the engine's process where it has none of its own.
  ///
  /// @param callers threads that call the runtime at a time; empty for as many as suit the machine
  record Onnx(EncoderSource source, OptionalInt callers, int processes) implements EncoderConfig {}

  /// Whatever workers join under its name (`kind = remote`).
  record Remote() implements EncoderConfig {
    @Override
    public int processes() {
      return 0;
    }
  }
}
