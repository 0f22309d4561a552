package dev.alicorn.gateway.wiring;

import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// An encoder worker actor, asked for batches; jobs that share it wait for their turns.
record EncoderWorkerClient(
    EncoderDescription description, ActorRef<EncoderWorker.Command> worker, Scheduler scheduler)
    implements EncoderClient {
  /// The worker answers every batch; this ends the wait for one that was lost.
  private static final Duration LOST_AFTER = Duration.ofHours(1);

  @Override
  public CompletionStage<EncodedBatch> encode(EncodeBatch batch) {
    return AskPattern.<EncoderWorker.Command, EncoderWorker.Reply>ask(
            worker, replyTo -> new EncoderWorker.Encode(batch, replyTo), LOST_AFTER, scheduler)
        .thenApply(reply ->
            switch (reply) {
              case EncoderWorker.Done(EncodedBatch encoded) -> encoded;
              case EncoderWorker.Busy(int batchesWaitingMax) ->
                  throw new IllegalStateException(
                      batchesWaitingMax + " batches wait for the encoder already; run fewer jobs");
              case EncoderWorker.Failed(String reason) ->
                  throw new IllegalStateException("the encoder failed: " + reason);
            });
  }
}
