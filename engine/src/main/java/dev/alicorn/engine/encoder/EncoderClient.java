package dev.alicorn.engine.encoder;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncoderDescription;
import java.util.concurrent.CompletionStage;

/// An encoder, in this process or in others, as the embed step sees it.
///
/// A caption that cannot be encoded is a rejected result; an encoder that is gone is an answer,
/// too.
public interface EncoderClient {
  EncoderDescription description();

  /// Batches that a job has under way here at a time.
  int batchesInFlightMax();

  /// Characters of one batch.
  int batchCharsMax();

  CompletionStage<EncoderAnswer> encode(EncodeBatch batch);
}
