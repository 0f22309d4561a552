package dev.alicorn.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// A text encoder of the deployment, in one of the kinds there are.
public sealed interface EncoderConfig {

  /// Where it comes from.
  EncoderSource source();

  /// Threads that get batches ready and call the backend; empty for as many as suit it.
  OptionalInt callers();

  /// ONNX Runtime on the CPU, in this process (`kind = onnx`).
  ///
  /// @param callers threads that call the runtime at a time; empty for as many as suit the machine
  record Onnx(EncoderSource source, OptionalInt callers) implements EncoderConfig {}

  /// TensorRT on an NVIDIA device (`kind = tensorrt`).
  ///
  /// @param libraries folder of NVIDIA's libraries; empty for the one that `TENSORRT_HOME` names
  /// @param batchTokens padded tokens of one run of the device
  /// @param callers threads that get batches ready; empty for as many as keep a device busy
  record TensorRt(
      EncoderSource source,
      Optional<Path> libraries,
      Precision precision,
      int batchTokens,
      OptionalInt callers)
      implements EncoderConfig {

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
}
