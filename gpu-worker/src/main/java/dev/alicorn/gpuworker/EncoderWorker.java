package dev.alicorn.gpuworker;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The actor that owns a text encoder: it takes batches of captions in the order in which they
/// come, a bounded number at a time, and closes the encoder when it stops.
///
/// Jobs that share it get equal shares when each asks for as many batches at a time.
public final class EncoderWorker extends AbstractMatchingBehavior<EncoderWorker.Command> {

  /// What the worker is told.
  public sealed interface Command {}

  /// Asks for the vectors of some captions; answered by exactly one [Reply].
  public record Encode(EncodeBatch batch, ActorRef<Reply> replyTo) implements Command {}

  private enum Settled implements Command {
    ONE
  }

  /// What became of a batch.
  public sealed interface Reply {}

  /// A result for each caption, in the order of the request.
  public record Done(EncodedBatch batch) implements Reply {}

  /// The batch was not taken: as many as may wait are waiting.
  public record Busy(int batchesWaitingMax) implements Reply {}

  /// The backend failed as a whole; none of the batch is encoded.
  public record Failed(String reason) implements Reply {}

  /// How a worker runs.
  ///
  /// @param callers threads that call the encoder
  /// @param batchTokensMax padded tokens of one call
  /// @param batchesInFlightMax requests worked at side by side
  /// @param batchesWaitingMax requests that wait for these
  public record Settings(
      int callers, int batchTokensMax, int batchesInFlightMax, int batchesWaitingMax) {
    public Settings {
      if (callers < 1 || batchTokensMax < 1 || batchesInFlightMax < 1 || batchesWaitingMax < 0) {
        throw new IllegalArgumentException(
            "encoder worker: callers %d, batchTokensMax %d and batchesInFlightMax %d must be positive, batchesWaitingMax %d not negative"
                .formatted(callers, batchTokensMax, batchesInFlightMax, batchesWaitingMax));
      }
    }

    /// One caller a core, 8,192 tokens a call, four requests at a time, room for those of 256 jobs.
    public static Settings forThisMachine() {
      return new Settings(Runtime.getRuntime().availableProcessors(), 8192, 4, 1024);
    }

    /// The same with that many callers, where it is said how many, and batches of that size.
    public Settings with(OptionalInt callers, int batchTokensMax) {
      return new Settings(
          callers.orElse(this.callers), batchTokensMax, batchesInFlightMax, batchesWaitingMax);
    }
  }

  private final CaptionEncoder captions;
  private final Settings settings;
  private final Queue<Encode> waiting = new ArrayDeque<>();
  private int batchesInFlight;

  private EncoderWorker(ActorContext<Command> context, CaptionEncoder captions, Settings settings) {
    super(context);
    this.captions = captions;
    this.settings = settings;
  }

  /// A worker that takes over an open encoder.
  public static Behavior<Command> create(TextEncoder encoder, Settings settings) {
    return Behaviors.setup(context ->
        new EncoderWorker(
            context,
            new CaptionEncoder(encoder, settings.callers(), settings.batchTokensMax()),
            settings));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Encode encode -> onEncode(encode);
      case Settled _ -> onSettled();
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      waiting.forEach(encode -> encode.replyTo().tell(new Failed("the encoder is closed")));
      captions.close();
    }
    return this;
  }

  private Behavior<Command> onEncode(Encode encode) {
    if (batchesInFlight < settings.batchesInFlightMax()) {
      begin(encode);
    } else if (waiting.size() < settings.batchesWaitingMax()) {
      waiting.add(encode);
    } else {
      encode.replyTo().tell(new Busy(settings.batchesWaitingMax()));
    }
    return this;
  }

  private void begin(Encode encode) {
    batchesInFlight++;
    ActorRef<Command> self = getContext().getSelf();
    // The answer goes out by itself, so that a batch which outlives the worker is answered too.
    var _ =
        captions
            .submit(encode.batch())
            .whenComplete((encoded, failure) -> {
              encode.replyTo().tell(encoded != null ? new Done(encoded) : failed(failure));
              self.tell(Settled.ONE);
            });
  }

  private Behavior<Command> onSettled() {
    batchesInFlight--;
    Encode next = waiting.poll();
    if (next != null) {
      begin(next);
    }
    return this;
  }

  private static Failed failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new Failed(String.valueOf(cause.getMessage()));
  }
}
