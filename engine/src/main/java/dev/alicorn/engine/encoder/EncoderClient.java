package dev.alicorn.engine.encoder;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import java.util.concurrent.CompletionStage;

/// An encoder worker, as the embed step sees it.
///
/// A caption that cannot be encoded is a rejected result. A stage that completes exceptionally
/// means that the worker is gone.
public interface EncoderClient {
  EncoderDescription description();

  CompletionStage<EncodedBatch> encode(EncodeBatch batch);
}
