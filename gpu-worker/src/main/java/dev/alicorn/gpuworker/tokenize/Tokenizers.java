package dev.alicorn.gpuworker.tokenize;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The choice of a tokenizer for a `tokenizer.json`: our own where it is BERT's uncased WordPiece,
/// which is several times as fast, and Hugging Face's for all others.
public final class Tokenizers {
  private Tokenizers() {}

  /// Opens a tokenizer.
  ///
  /// @throws IOException where the file cannot be read or is no tokenizer, with the reason as
  ///   message
  public static Tokenizer open(Path tokenizerJson, TokenizerSettings settings) throws IOException {
    TokenizerJson json = TokenizerJson.read(tokenizerJson);
    if (settings.padded() && !json.pads()) {
      throw new IOException(
          "encoder.conf says padded = true, and it has no `padding` that says by what token");
    }
    if (json.isUncasedBert() && !settings.padded()) {
      try (InputStream in = Files.newInputStream(tokenizerJson)) {
        return WordPiece.read(in, settings);
      }
    }
    return HuggingFaceTokens.open(tokenizerJson, settings);
  }
}
