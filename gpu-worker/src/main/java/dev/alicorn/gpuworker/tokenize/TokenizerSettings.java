package dev.alicorn.gpuworker.tokenize;

/// How an encoder wants its captions tokenised.
///
/// @param tokensMax longest sequence, special tokens counted
/// @param padded whether every sequence is padded to `tokensMax`
/// @param before put before each caption
/// @param after put behind each caption
public record TokenizerSettings(int tokensMax, boolean padded, String before, String after) {

  /// A caption as it goes into the tokenizer.
  String framed(String text) {
    return before.isEmpty() && after.isEmpty() ? text : before + text + after;
  }
}
