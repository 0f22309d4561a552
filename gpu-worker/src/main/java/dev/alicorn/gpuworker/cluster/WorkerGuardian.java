package dev.alicorn.gpuworker.cluster;

import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.EncoderMessage;
import dev.alicorn.protocol.EncoderMessage.WorkerAdmitted;
import dev.alicorn.protocol.EncoderMessage.WorkerRefused;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first actor of a worker process: it finds the pool, offers its encoder, and has batches
/// encoded once it is admitted.
///
/// It says why the process should end, and leaves the ending to others.
final class WorkerGuardian extends AbstractMatchingBehavior<WorkerGuardian.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerGuardian.class);

  /// Two batches are encoded side by side, so that one's tokens are ready when the other's are
  /// done.
  private static final int CONSUMERS = 2;

  private static final Duration POOL_MAX = Duration.ofSeconds(60);
  private static final Duration OFFER_EVERY = Duration.ofSeconds(2);

  private final Settings settings;
  private final EncoderDescription encoder;
  private final int windowTokens;
  private final ActorRef<EncoderWorker.Command> encodes;
  private final String address;
  private Optional<ActorRef<EncoderMessage.ToPool>> pool = Optional.empty();
  private boolean admitted;

  sealed interface Command {}

  private record Listed(Receptionist.Listing listing) implements Command {}

  private record Told(EncoderMessage.ToWorker verdict) implements Command {}

  private record Failed(String reason) implements Command {}

  private enum Moment implements Command {
    OFFER,
    NO_POOL,
    POOL_GONE
  }

  /// What a worker process works by.
  ///
  /// @param encoder the name of its pool
  /// @param engine its host and port
  /// @param supervised whether the engine that started it is told by its exit that it failed
  /// @param end takes the sentence that says why it ends
  record Settings(
      String encoder, String engine, boolean supervised, CompletableFuture<String> end) {}

  private WorkerGuardian(
      ActorContext<Command> context,
      Settings settings,
      TextEncoder encoder,
      EncoderWorker.Settings worker) {
    super(context);
    this.settings = settings;
    this.encoder = encoder.description();
    this.windowTokens = encoder.windowTokens();
    this.encodes = context.spawn(EncoderWorker.create(encoder, worker), "encoder");
    this.address = ClusterNode.hostAndPort(context.getSystem());
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.subscribe(
                Keys.pool(settings.encoder()),
                context.messageAdapter(Receptionist.Listing.class, Listed::new)));
  }

  /// @param encoder taken over, and closed when the actor stops
  static Behavior<Command> create(
      Settings settings, TextEncoder encoder, EncoderWorker.Settings worker) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startSingleTimer(Moment.NO_POOL, POOL_MAX);
          timers.startTimerWithFixedDelay(Moment.OFFER, OFFER_EVERY);
          return new WorkerGuardian(context, settings, encoder, worker);
        }));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Listed(var listing) -> onListed(listing);
      case Told(WorkerAdmitted _) -> onAdmitted();
      case Told(WorkerRefused(String reason)) -> end(reason);
      case Failed(String reason) -> onFailed(reason);
      case Moment.OFFER -> offer();
      case Moment.NO_POOL -> {
        if (!admitted) {
          end(
              "the engine at %s has no encoder called %s that takes workers; give its alicorn.conf encoders.%s { kind = remote }, or join another"
                  .formatted(settings.engine(), settings.encoder(), settings.encoder()));
        }
      }
      case Moment.POOL_GONE -> end("the engine at " + settings.engine() + " is gone");
    }
    return this;
  }

  private void onListed(Receptionist.Listing listing) {
    if (pool.isEmpty()) {
      pool = listing.getServiceInstances(Keys.pool(settings.encoder())).stream().findFirst();
      pool.ifPresent(found -> getContext().watchWith(found, Moment.POOL_GONE));
      offer();
    }
  }

  /// Offers until there is an answer: what is sent between processes may be lost.
  private void offer() {
    if (pool.isPresent() && !admitted) {
      ActorRef<EncoderMessage.ToWorker> self =
          getContext().messageAdapter(EncoderMessage.ToWorker.class, Told::new);
      String path = ActorRefResolver.get(getContext().getSystem()).toSerializationFormat(self);
      pool.get().tell(new EncoderMessage.WorkerOffered(address, encoder, windowTokens, path));
    }
  }

  private void onAdmitted() {
    if (admitted) {
      return;
    }
    admitted = true;
    LOG.info("works for {} at {}", settings.encoder(), settings.engine());
    ActorRef<Command> self = getContext().getSelf();
    BatchConsumer.Settings consumer =
        new BatchConsumer.Settings(
            settings.encoder(),
            address,
            encodes,
            pool.orElseThrow(),
            reason -> self.tell(new Failed(reason)));
    for (int i = 1; i <= CONSUMERS; i++) {
      getContext().spawn(BatchConsumer.create(consumer), "consumer-" + i);
    }
  }

  private void onFailed(String reason) {
    if (!settings.supervised()) {
      pool.ifPresent(it -> it.tell(new EncoderMessage.WorkerFailed(address, reason)));
    }
    end("the encoder " + encoder.name() + " failed: " + reason);
  }

  private void end(String why) {
    settings.end().complete(why);
  }
}
