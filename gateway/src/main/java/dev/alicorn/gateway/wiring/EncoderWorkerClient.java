package dev.alicorn.gateway.wiring;

import dev.alicorn.engine.encoder.EncoderAnswer;
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
    EncoderDescription description,
    int batchCharsMax,
    ActorRef<EncoderWorker.Command> worker,
    Scheduler scheduler)
    implements EncoderClient {
  private static final int BATCHES_IN_FLIGHT_MAX = 4;

  /// The worker answers every batch; this ends the wait for one that was lost.
  private static final Duration LOST_AFTER = Duration.ofHours(1);

  @Override
  public int batchesInFlightMax() {
    return BATCHES_IN_FLIGHT_MAX;
  }

  @Override
  public CompletionStage<EncoderAnswer> encode(EncodeBatch batch) {
    return AskPattern.<EncoderWorker.Command, EncoderWorker.Reply>ask(
            worker, replyTo -> new EncoderWorker.Encode(batch, replyTo), LOST_AFTER, scheduler)
        .thenApply(reply ->
            switch (reply) {
              case EncoderWorker.Done(EncodedBatch encoded) -> new EncoderAnswer.Encoded(encoded);
              case EncoderWorker.Busy(int batchesWaitingMax) ->
                  new EncoderAnswer.Unavailable(
                      batchesWaitingMax + " batches wait for the encoder already; run fewer jobs");
              case EncoderWorker.Failed(String reason) ->
                  new EncoderAnswer.Unavailable(
                      "the encoder "
                          + description.name()
                          + " failed ("
                          + reason
                          + "); look at its machine's memory, and resume the job");
            });
  }
}
