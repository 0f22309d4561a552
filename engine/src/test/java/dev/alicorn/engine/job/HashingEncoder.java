package dev.alicorn.engine.job;

import dev.alicorn.engine.encoder.EncoderAnswer;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// An encoder whose vectors are drawn by the hash of the text: deterministic, distinct and instant.
///
/// @param rejects captions that hold this text give no vector; none if it is empty
public record HashingEncoder(int dimension, String rejects) implements EncoderClient {
  @Override
  public EncoderDescription description() {
    return new EncoderDescription(
        "hashing", ContentHash.of("hashing " + dimension), dimension, 4096, false, false);
  }

  @Override
  public int batchesInFlightMax() {
    return 4;
  }

  @Override
  public int batchCharsMax() {
    return 24_000;
  }

  @Override
  public CompletionStage<EncoderAnswer> encode(EncodeBatch batch) {
    return CompletableFuture.completedFuture(
        new EncoderAnswer.Encoded(
            new EncodedBatch(batch.items().stream().map(this::encode).toList())));
  }

  private EncodedBatch.Result encode(EncodeBatch.Item item) {
    if (!rejects.isEmpty() && item.text().contains(rejects)) {
      return new EncodedBatch.Rejected(item.record(), "it holds " + rejects);
    }
    SplittableRandom random =
        new SplittableRandom(Long.parseUnsignedLong(ContentHash.of(item.text()).hex(), 0, 16, 16));
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
    }
    return new EncodedBatch.Encoded(item.record(), Embedding.wrap(vector), false);
  }
}
