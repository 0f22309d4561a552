package dev.alicorn.gpuworker;

import dev.alicorn.config.EncoderConfig;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.tensorrt.TensorRtEncoder;

/// The kinds of text encoder there are; a new one is a file of its own and a line here.
public final class EncoderBackend {
  private EncoderBackend() {}

  /// Loads an encoder; takes up to a second, with TensorRT minutes where its engine is not built.
  ///
  /// @throws EncoderException where it cannot be loaded here
  public static TextEncoder open(EncoderConfig.Local config, EncoderFolder folder)
      throws EncoderException {
    return switch (config) {
      case EncoderConfig.Onnx _ -> OnnxEncoder.open(folder);
      case EncoderConfig.TensorRt tensorRt -> TensorRtEncoder.open(tensorRt, folder);
    };
  }
}
