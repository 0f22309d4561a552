package dev.alicorn.engine.judge;

import dev.alicorn.protocol.Embedding;

/// What the embedding facts of a caption come to.
public sealed interface EmbeddingVerdict {

  /// A finite vector of the encoder's dimension that is not zero, as the encoder gave it.
  ///
  /// @param truncated whether the encoder cut the caption at its longest input
  record Accepted(Embedding vector, boolean truncated) implements EmbeddingVerdict {}

  /// The encoder gave no usable vector.
  record Rejected(Rejection reason, String detail) implements EmbeddingVerdict {}

  /// The caption, as it is parsed now, is still to be encoded by the bound encoder.
  record Owed() implements EmbeddingVerdict {}

  /// The job embeds nothing.
  record NotAsked() implements EmbeddingVerdict {}
}
