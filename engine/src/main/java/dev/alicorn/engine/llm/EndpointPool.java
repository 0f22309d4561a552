package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The actor that owns some endpoints: their limits, and the order in which calls are let through.
/// Endpoints that serve a pool together are owned by one of these.
///
/// Every ask is answered: with a grant, or with why no call is made. How many wait is bounded by
/// those who ask, each of whom has so many asks out at a time. All that it decides is in
/// [CallScheduler]; here are the clock, the timer and the mailbox.
public final class EndpointPool extends AbstractMatchingBehavior<EndpointPool.Command> {

  /// What the pool is told. {@link Endpoint} tells it.
  public sealed interface Command {}

  record Reserve(Wish wish) implements Command {}

  record Settle(String endpoint, long call, LlmAnswer.Attempt attempt, Optional<Tokens> billed)
      implements Command {}

  record Drop(String endpoint, long call) implements Command {}

  record Recheck() implements Command {}

  record Reset(String endpoint) implements Command {}

  record Look(String endpoint, CompletableFuture<EndpointSnapshot> reply) implements Command {}

  private record Wake() implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final LongSupplier clock;
  private final CallScheduler scheduler;
  private long timerAt = Long.MAX_VALUE;

  private EndpointPool(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      List<EndpointSettings> endpoints,
      LongSupplier clock,
      long seed) {
    super(context);
    this.context = context;
    this.timers = timers;
    this.clock = clock;
    scheduler = new CallScheduler(endpoints, new SplittableRandom(seed), clock.getAsLong());
  }

  /// The pool of some endpoints.
  ///
  /// @param clock nanoseconds that never go back, such as `System::nanoTime`
  /// @param seed of its jitter
  public static Behavior<Command> of(
      List<EndpointSettings> endpoints, LongSupplier clock, long seed) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new EndpointPool(context, timers, endpoints, clock, seed)));
  }

  /// How one of a pool's endpoints stands.
  public static CompletableFuture<EndpointSnapshot> look(ActorRef<Command> pool, String endpoint) {
    CompletableFuture<EndpointSnapshot> reply = new CompletableFuture<>();
    pool.tell(new Look(endpoint, reply));
    return reply;
  }

  /// Takes one of a pool's endpoints in again that was out of service.
  public static void reset(ActorRef<Command> pool, String endpoint) {
    pool.tell(new Reset(endpoint));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    long now = clock.getAsLong();
    switch (command) {
      case Reserve(Wish wish) -> scheduler.ask(wish, now);
      case Settle(String endpoint, long call, LlmAnswer.Attempt attempt, Optional<Tokens> billed) ->
          scheduler
              .settle(endpoint, call, attempt, billed, now)
              .ifPresent(sentence -> context.getLog().warn("out of service: {}", sentence));
      case Drop(String endpoint, long call) -> scheduler.drop(endpoint, call, now);
      case Recheck _ -> scheduler.recheck(now);
      case Reset(String endpoint) -> scheduler.reset(endpoint, now);
      case Look(String endpoint, CompletableFuture<EndpointSnapshot> reply) ->
          reply.complete(scheduler.snapshot(endpoint, now));
      case Wake _ -> {
        timerAt = Long.MAX_VALUE;
        scheduler.wake(now);
      }
    }
    if (scheduler.wakeAt() < timerAt) {
      timerAt = scheduler.wakeAt();
      timers.startSingleTimer(Wake.class, new Wake(), Duration.ofNanos(timerAt - now));
    }
    return this;
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      scheduler.stop("the engine is stopping");
    }
    return this;
  }
}
