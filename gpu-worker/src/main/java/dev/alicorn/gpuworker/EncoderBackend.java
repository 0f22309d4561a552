package dev.alicorn.gpuworker;

import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/// The kinds of text encoder there are; a new one is a file of its own and a line here.
public enum EncoderBackend {
  /// ONNX Runtime on the CPU, in process.
  ONNX("onnx");

  private final String key;

  EncoderBackend(String key) {
    this.key = key;
  }

  /// What `kind` is in a deployment's `encoders`.
  public String key() {
    return key;
  }

  public static Optional<EncoderBackend> find(String key) {
    return Arrays.stream(values()).filter(backend -> backend.key.equals(key)).findFirst();
  }

  /// The dimension of a model's vectors, without loading it; empty where there is no such model.
  public OptionalInt dimension(String model) {
    return switch (this) {
      case ONNX -> OnnxEncoder.dimension(model);
    };
  }

  /// Loads a model; takes up to a second.
  ///
  /// @param model what `model` is in a deployment's `encoders`
  /// @throws EncoderException where there is no such model, or it cannot be loaded here
  public TextEncoder open(String model) throws EncoderException {
    return switch (this) {
      case ONNX -> OnnxEncoder.open(model);
    };
  }
}
