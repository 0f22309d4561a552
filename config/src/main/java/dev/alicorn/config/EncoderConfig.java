package dev.alicorn.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// A text encoder of the deployment, in one of the kinds there are.
public sealed interface EncoderConfig {

  /// Worker processes that the engine starts for it; 0 where it starts none.
  int processes();

  /// An encoder that this machine runs.
  sealed interface Local extends EncoderConfig {
    /// Where it comes from.
    EncoderSource source();

    /// Threads that get batches ready and call the backend; empty for as many as suit it.
    OptionalInt callers();
  }

  /// ONNX Runtime on the CPU (`kind = onnx`), in the engine's process where it has none of its own.
  ///
  /// @param callers threads that call the runtime at a time; empty for as many as suit the machine
  record Onnx(EncoderSource source, OptionalInt callers, int processes) implements Local {}

  /// TensorRT on an NVIDIA device (`kind = tensorrt`), in processes of its own: what a device does
  /// to its process harms nobody else.
  ///
  /// @param libraries folder of NVIDIA's libraries; empty for the one that `TENSORRT_HOME` names
  /// @param batchTokens padded tokens of one run of the device
  /// @param callers threads that get batches ready; empty for as many as keep a device busy
  record TensorRt(
      EncoderSource source,
      Optional<Path> libraries,
      Precision precision,
      int batchTokens,
      OptionalInt callers,
      int processes)
      implements Local {

    /// What matrix products are computed in; all else is in float32.
    public enum Precision {
      FP16("fp16"),
      FP32("fp32");

      private final String key;

      Precision(String key) {
        this.key = key;
      }

      public String key() {
        return key;
      }
    }
  }

  /// Whatever workers join under its name (`kind = remote`).
  record Remote() implements EncoderConfig {
    @Override
    public int processes() {
      return 0;
    }
  }
}
