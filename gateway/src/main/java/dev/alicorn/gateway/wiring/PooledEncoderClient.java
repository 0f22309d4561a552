package dev.alicorn.gateway.wiring;

import dev.alicorn.engine.encoder.EncoderAnswer;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.gpuworker.cluster.EncoderPool;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// A pool of encoder workers, asked for batches; jobs that share it wait for their turns.
///
/// @param scheduler that outlives the pool
record PooledEncoderClient(
    EncoderDescription description,
    int batchesInFlightMax,
    int batchCharsMax,
    ActorRef<EncoderPool.Command> pool,
    Scheduler scheduler)
    implements EncoderClient {
  /// The pool answers every batch; this ends the wait for an answer that was lost.
  private static final Duration LOST_AFTER = Duration.ofHours(24);

  @Override
  public CompletionStage<EncoderAnswer> encode(EncodeBatch batch) {
    return AskPattern.<EncoderPool.Command, EncoderPool.Reply>ask(
            pool,
            replyTo -> new EncoderPool.Encode(batch, description, replyTo),
            LOST_AFTER,
            scheduler)
        .<EncoderAnswer>thenApply(reply ->
            switch (reply) {
              case EncoderPool.Done(EncodedBatch encoded) -> new EncoderAnswer.Encoded(encoded);
              case EncoderPool.Unavailable(String reason) -> new EncoderAnswer.Unavailable(reason);
            })
        .exceptionally(failure ->
            new EncoderAnswer.Unavailable(
                "encoder "
                    + description.name()
                    + " does not answer ("
                    + failure.getMessage()
                    + "); resume the job"));
  }
}
