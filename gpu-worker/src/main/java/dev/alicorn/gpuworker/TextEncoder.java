package dev.alicorn.gpuworker;

import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.util.List;

/// A text encoder with its tokenizer: from a caption to a vector of shape `[dimension]`.
///
/// Any number of threads may call it. A caption's vector depends on nothing but the caption:
/// neither on the other rows of its batch nor on the number of callers.
public interface TextEncoder extends AutoCloseable {

  EncoderDescription description();

  default int dimension() {
    return description().dimension();
  }

  /// A caption's tokens, cut at the longest input.
  TokenSequence tokenize(String text);

  /// Tokens, as a rough number, of the captions that should come together so that the backend has
  /// full batches of like length to do.
  default int windowTokens() {
    return 6_000;
  }

  /// Cuts a window of captions into what is encoded in one go.
  ///
  /// @param batchTokensMax padded tokens of one go, unless the backend has shapes of its own
  default List<TokenBatch> cut(List<TokenSequence> window, int batchTokensMax) {
    return TokenBatch.cut(window, batchTokensMax);
  }

  /// One vector for each row, in the order of the rows. A vector may hold NaN: the caller judges
  /// it.
  ///
  /// @throws EncoderException where the backend fails as a whole
  List<Embedding> encode(TokenBatch batch) throws EncoderException;

  /// Frees what the encoder holds; no call may be in progress.
  @Override
  void close();
}
