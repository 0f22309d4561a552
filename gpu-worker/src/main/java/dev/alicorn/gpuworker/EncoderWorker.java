package dev.alicorn.gpuworker;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The actor that owns a text encoder: it takes batches of captions, a bounded number at a time,
/// and closes the encoder when it stops.
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

  /// The batch was not taken: as many as the worker takes at a time are in flight.
  public record Busy(int batchesInFlightMax) implements Reply {}

  /// The backend failed as a whole; none of the batch is encoded.
  public record Failed(String reason) implements Reply {}

  /// How a worker runs.
  ///
  /// @param callers threads that call the encoder
  /// @param batchTokensMax padded tokens of one call
  /// @param batchesInFlightMax requests taken at a time
  public record Settings(int callers, int batchTokensMax, int batchesInFlightMax) {
    public Settings {
      if (callers < 1 || batchTokensMax < 1 || batchesInFlightMax < 1) {
        throw new IllegalArgumentException(
            "encoder worker: callers %d, batchTokensMax %d and batchesInFlightMax %d must be positive"
                .formatted(callers, batchTokensMax, batchesInFlightMax));
      }
    }

    /// One caller a core, 8,192 tokens a call, four requests at a time.
    public static Settings forThisMachine() {
      return new Settings(Runtime.getRuntime().availableProcessors(), 8192, 4);
    }
  }

  private final CaptionEncoder captions;
  private final int batchesInFlightMax;
  private int batchesInFlight;

  private EncoderWorker(ActorContext<Command> context, CaptionEncoder captions, int inFlightMax) {
    super(context);
    this.captions = captions;
    this.batchesInFlightMax = inFlightMax;
  }

  /// A worker that takes over an open encoder.
  public static Behavior<Command> create(TextEncoder encoder, Settings settings) {
    return Behaviors.setup(context ->
        new EncoderWorker(
            context,
            new CaptionEncoder(encoder, settings.callers(), settings.batchTokensMax()),
            settings.batchesInFlightMax()));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Encode(EncodeBatch batch, ActorRef<Reply> replyTo) -> onEncode(batch, replyTo);
      case Settled _ -> onSettled();
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      captions.close();
    }
    return this;
  }

  private Behavior<Command> onEncode(EncodeBatch batch, ActorRef<Reply> replyTo) {
    if (batchesInFlight == batchesInFlightMax) {
      replyTo.tell(new Busy(batchesInFlightMax));
      return this;
    }
    batchesInFlight++;
    ActorRef<Command> self = getContext().getSelf();
    // The answer goes out by itself, so that a batch which outlives the worker is answered too.
    var _ =
        captions
            .submit(batch)
            .whenComplete((encoded, failure) -> {
              self.tell(Settled.ONE);
              replyTo.tell(encoded != null ? new Done(encoded) : failed(failure));
            });
    return this;
  }

  private Behavior<Command> onSettled() {
    batchesInFlight--;
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
