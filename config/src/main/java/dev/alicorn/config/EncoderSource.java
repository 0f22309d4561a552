package dev.alicorn.config;

import java.nio.file.Path;

/// Where a deployment's encoder comes from: either way it is a folder with `encoder.conf`,
/// `model.onnx` and `tokenizer.json`.
public sealed interface EncoderSource {

  /// A model of the catalogue (`model = all-minilm-l6-v2`).
  record Catalogue(String id) implements EncoderSource {}

  /// A folder of the user's own (`folder = encoders/jina-clip-v1`).
  record Folder(Path path) implements EncoderSource {}
}
