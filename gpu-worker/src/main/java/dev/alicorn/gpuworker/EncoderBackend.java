package dev.alicorn.gpuworker;

import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;

/// The kinds of text encoder there are; a new one is a file of its own and a line here.
public enum EncoderBackend {
  /// ONNX Runtime on the CPU, in process.
  ONNX;

  /// Loads an encoder; takes up to a second.
  ///
  /// @throws EncoderException where it cannot be loaded here
  public TextEncoder open(EncoderFolder folder) throws EncoderException {
    return switch (this) {
      case ONNX -> OnnxEncoder.open(folder);
    };
  }
}
