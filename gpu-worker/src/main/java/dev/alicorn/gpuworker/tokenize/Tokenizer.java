package dev.alicorn.gpuworker.tokenize;

/// A tokenizer: from a caption to the ids of an encoder's vocabulary. For any number of threads.
public interface Tokenizer extends AutoCloseable {

  /// A caption's tokens, cut at the longest input.
  TokenSequence tokenize(String text);

  /// Frees what the tokenizer holds; no call may be in progress.
  @Override
  void close();
}
