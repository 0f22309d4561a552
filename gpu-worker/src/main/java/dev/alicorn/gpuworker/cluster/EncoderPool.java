package dev.alicorn.gpuworker.cluster;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.EncoderMessage;
import dev.alicorn.protocol.EncoderMessage.BatchEncoded;
import dev.alicorn.protocol.EncoderMessage.BatchSent;
import dev.alicorn.protocol.EncoderMessage.WorkerFailed;
import dev.alicorn.protocol.EncoderMessage.WorkerOffered;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.delivery.WorkPullingProducerController;
import org.apache.pekko.actor.typed.delivery.WorkPullingProducerController.RequestNext;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The actor that owns the batches of an encoder whose workers are other processes: it answers each
/// exactly once, whatever becomes of the workers.
///
/// Workers pull: one that has room gets the next part of a batch, so that a slow one holds nobody
/// up. What a lost worker had goes to another one, and a part without an answer is sent again. All
/// workers have the same encoder, that of the first, as long as there are any. When worker
/// processes keep ending, or no worker comes, the pool is out: batches are answered at once with
/// the reason, until somebody asks for it again.
public final class EncoderPool extends AbstractMatchingBehavior<EncoderPool.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderPool.class);
  private static final int ENDS_IN_A_ROW_MAX = 3;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final PoolSettings settings;
  private final PendingBatches pending;
  private final ActorRef<WorkerFleet.Command> fleet;
  private final PoolWorkers workers;
  private final Openers openers = new Openers();
  private Optional<RequestNext<BatchSent>> demand = Optional.empty();
  private Optional<String> out = Optional.empty();
  private int endsInARow;
  private long now;
  private long workerSeenAt;

  /// What the pool is told.
  public sealed interface Command {}

  /// Asks for the pool to be ready: one that is out tries anew. Answered when a worker is there.
  ///
  /// @param within who asks wants an answer, which may come before that
  public record Open(Duration within, ActorRef<Opening> replyTo) implements Command {}

  /// Asks for the vectors of some captions.
  ///
  /// @param encoder that they are to be of
  public record Encode(EncodeBatch batch, EncoderDescription encoder, ActorRef<Reply> replyTo)
      implements Command {}

  /// A worker process that this pool's fleet had started has ended by itself.
  record WorkerEnded(WorkerProcess.Ending ending) implements Command {}

  private record WorkerSaid(EncoderMessage.ToPool message) implements Command {}

  private record WorkerGone(ActorRef<EncoderMessage.ToWorker> worker) implements Command {}

  private record Demanded(RequestNext<BatchSent> next) implements Command {}

  private enum Look implements Command {
    NOW
  }

  /// What became of a batch.
  public sealed interface Reply {}

  /// A result for each caption, in the order of the request.
  public record Done(EncodedBatch batch) implements Reply {}

  /// The encoder cannot be had; a sentence that says why, with the mend.
  public record Unavailable(String reason) implements Reply, Opening {}

  /// Whether the pool is ready.
  public sealed interface Opening {}

  /// It has a worker, with this encoder.
  ///
  /// @param windowTokens of the captions that should come together
  public record Opened(EncoderDescription encoder, int windowTokens) implements Opening {}

  private EncoderPool(
      ActorContext<Command> context,
      PoolSettings settings,
      Function<ActorRef<Command>, Behavior<WorkerFleet.Command>> fleet) {
    super(context);
    this.settings = settings;
    this.pending = new PendingBatches(settings.batchesMax());
    this.workers = new PoolWorkers(settings.encoder());
    this.fleet = context.spawn(fleet.apply(context.getSelf()), "fleet");
    ActorRef<WorkPullingProducerController.Command<BatchSent>> work =
        context.spawn(
            WorkPullingProducerController.create(
                BatchSent.class,
                "encoder-" + settings.encoder(),
                Keys.work(settings.encoder()),
                Optional.empty()),
            "work");
    work.tell(
        new WorkPullingProducerController.Start<>(
            context.messageAdapter(
                WorkPullingProducerController.requestNextClass(), Demanded::new)));
    // Without it no batch would be answered: the pool ends with it, and says so to all who wait.
    context.watch(work);
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.register(
                Keys.pool(settings.encoder()),
                context.messageAdapter(EncoderMessage.ToPool.class, WorkerSaid::new)));
  }

  /// A pool without workers.
  ///
  /// @param fleet starts those of this machine, for the pool that it is given
  public static Behavior<Command> create(
      PoolSettings settings, Function<ActorRef<Command>, Behavior<WorkerFleet.Command>> fleet) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerAtFixedRate(Look.NOW, SECOND);
          return new EncoderPool(context, settings, fleet);
        }));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Open open -> onOpen(open);
      case Encode encode -> onEncode(encode);
      case Demanded(var next) -> {
        demand = Optional.of(next);
        sendNext();
      }
      case WorkerSaid(WorkerOffered offered) -> onOffered(offered);
      case WorkerSaid(BatchEncoded encoded) -> onEncoded(encoded);
      case WorkerSaid(WorkerFailed(String worker, String reason)) ->
          onEnded("worker " + worker + " failed: " + reason);
      case WorkerGone(var worker) -> onGone(worker);
      case WorkerEnded(var ending) -> {
        if (ending.refusal().isPresent() && workers.isEmpty() && out.isEmpty()) {
          goOut(ending.refusal().get());
        } else {
          onEnded(ending.how());
        }
      }
      case Look _ -> onLook();
    }
    return this;
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      giveUp("the engine's node for encoders has stopped; resume the job");
      return this;
    }
    return Behaviors.unhandled();
  }

  private void onOpen(Open open) {
    out = Optional.empty();
    endsInARow = 0;
    workerSeenAt = now;
    fleet.tell(new WorkerFleet.Begin());
    openers.add(
        open.replyTo(), now + Math.min(open.within().toSeconds(), settings.workerSecondsMax()));
    if (workers.isEmpty()) {
      LOG.atLevel(settings.startedByHand() ? Level.WARN : Level.INFO)
          .log("encoder {} waits for a worker; {}", settings.encoder(), settings.howToStart());
    }
    tellOpeners();
  }

  private void tellOpeners() {
    workers.opened().ifPresent(openers::answerAll);
  }

  private void onEncode(Encode encode) {
    Optional<String> refusal = refusal(encode);
    if (refusal.isPresent()) {
      encode.replyTo().tell(new Unavailable(refusal.get()));
    } else {
      tell(pending.add(encode.batch(), encode.encoder().dimension(), encode.replyTo()));
      sendNext();
    }
  }

  private Optional<String> refusal(Encode encode) {
    if (out.isPresent()) {
      return out;
    }
    Optional<EncoderDescription> encoder = workers.encoder();
    if (encoder.isEmpty()) {
      return Optional.of(workerless());
    }
    if (!encoder.get().equals(encode.encoder())) {
      return Optional.of(
          "the workers of encoder %s have %s by now, and the job has %s; start workers with that, and resume the job"
              .formatted(
                  settings.encoder(),
                  PoolWorkers.name(encoder.get()),
                  PoolWorkers.name(encode.encoder())));
    }
    return pending.isFull()
        ? Optional.of(
            "%d batches wait for encoder %s already; run fewer jobs"
                .formatted(settings.batchesMax(), settings.encoder()))
        : Optional.empty();
  }

  private void sendNext() {
    if (demand.isPresent()) {
      Optional<BatchSent> next = pending.next(now);
      if (next.isPresent()) {
        demand.get().sendNextTo().tell(next.get());
        demand = Optional.empty();
      }
    }
  }

  private void onOffered(WorkerOffered offered) {
    ActorRef<EncoderMessage.ToWorker> worker =
        ActorRefResolver.get(getContext().getSystem()).resolveActorRef(offered.replyTo());
    Optional<String> refusal = workers.refusal(offered, pending.isEmpty());
    if (refusal.isPresent()) {
      LOG.warn("{}", refusal.get());
      worker.tell(new EncoderMessage.WorkerRefused(refusal.get()));
      return;
    }
    if (workers.add(worker, offered)) {
      getContext().watchWith(worker, new WorkerGone(worker));
      LOG.info("encoder {}: worker {} has joined", settings.encoder(), offered.worker());
    }
    worker.tell(new EncoderMessage.WorkerAdmitted());
    tellOpeners();
  }

  private void onEncoded(BatchEncoded encoded) {
    endsInARow = 0;
    fleet.tell(new WorkerFleet.Worked(encoded.worker()));
    try {
      tell(pending.settle(encoded.batch(), encoded.results()));
    } catch (IllegalArgumentException e) {
      LOG.error("worker {}, batch {}: {}", encoded.worker(), encoded.batch(), e.getMessage());
    }
  }

  private void onGone(ActorRef<EncoderMessage.ToWorker> worker) {
    workers
        .remove(worker)
        .ifPresent(gone -> {
          LOG.info("encoder {}: worker {} is gone", settings.encoder(), gone);
          fleet.tell(new WorkerFleet.Lost(gone));
        });
  }

  private void onEnded(String why) {
    LOG.warn("encoder {}: {}", settings.encoder(), why);
    endsInARow++;
    if (endsInARow >= ENDS_IN_A_ROW_MAX && out.isEmpty()) {
      goOut(
          "the workers of encoder %s ended %d times in a row without a batch done (%s); mend that, and resume the job"
              .formatted(settings.encoder(), endsInARow, why));
    }
  }

  private void onLook() {
    now++;
    pending
        .repeat(
            now - settings.answerSecondsMax(),
            "encoder %s gave no answer to a batch within %d s, %d times; look at its workers, and resume the job"
                .formatted(
                    settings.encoder(), settings.answerSecondsMax(), PendingBatches.SENDS_MAX))
        .forEach(EncoderPool::tell);
    sendNext();
    openers.answerLate(now, new Unavailable(workerless()));
    if (!workers.isEmpty() || pending.isEmpty()) {
      workerSeenAt = now;
    } else if (now - workerSeenAt >= settings.workerlessSecondsMax()) {
      goOut(workerless());
    }
  }

  private String workerless() {
    return "encoder %s has no worker; %s".formatted(settings.encoder(), settings.howToStart());
  }

  private void goOut(String reason) {
    out = Optional.of(reason);
    fleet.tell(new WorkerFleet.Halt());
    giveUp(reason);
  }

  private void giveUp(String reason) {
    pending.clear(reason).forEach(EncoderPool::tell);
    openers.answerAll(new Unavailable(reason));
  }

  private static void tell(Optional<PendingBatches.Answer> answer) {
    answer.ifPresent(EncoderPool::tell);
  }

  private static void tell(PendingBatches.Answer answer) {
    answer.to().tell(answer.reply());
  }
}
