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
record PooledEncoderClient(
    EncoderDescription description, ActorRef<EncoderPool.Command> pool, Scheduler scheduler)
    implements EncoderClient {
  /// What sixteen workers have at a time.
  private static final int BATCHES_IN_FLIGHT_MAX = 64;

  /// The pool answers every batch; this ends the wait for an answer that was lost.
  private static final Duration LOST_AFTER = Duration.ofHours(24);

  @Override
  public int batchesInFlightMax() {
    return BATCHES_IN_FLIGHT_MAX;
  }

  @Override
  public CompletionStage<EncoderAnswer> encode(EncodeBatch batch) {
    return AskPattern.<EncoderPool.Command, EncoderPool.Reply>ask(
            pool, replyTo -> new EncoderPool.Encode(batch, replyTo), LOST_AFTER, scheduler)
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
