package dev.alicorn.engine.explain;

import dev.alicorn.engine.judge.EmbeddingVerdict;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.util.OptionalDouble;

/// What became of a caption at the encoder.
public record EmbeddingTold(EncoderDescription encoder, EmbeddingVerdict verdict) {

  /// The Euclidean length of the raw vector, where there is one.
  public OptionalDouble norm() {
    if (!(verdict instanceof EmbeddingVerdict.Accepted(Embedding vector, boolean _))) {
      return OptionalDouble.empty();
    }
    double squares = 0;
    for (int i = 0; i < vector.dimension(); i++) {
      squares += (double) vector.get(i) * vector.get(i);
    }
    return OptionalDouble.of(Math.sqrt(squares));
  }
}
