package dev.alicorn.engine.llm;

import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// The actor that owns an endpoint: its limits, and the order in which calls are let through.
///
/// Every ask is answered: with a grant, or with why no call is made. How many wait is bounded by
/// those who ask, each of whom has so many asks out at a time. First tries go in the order in which
/// they came, retries in the order in which their backoff ends; a retry that is due and, where it
/// draws on the retry budget, within it goes first.
public final class EndpointPool extends AbstractMatchingBehavior<EndpointPool.Command> {

  /// What the pool is told. {@link Endpoint} tells it.
  public sealed interface Command {}

  record Reserve(
      long tokensEstimate, Turn turn, Admission admission, CompletableFuture<Reservation> reply)
      implements Command {}

  record Settle(long call, LlmAnswer.Attempt attempt, OptionalLong billed) implements Command {}

  record Drop(long call) implements Command {}

  record Recheck() implements Command {}

  record Reset() implements Command {}

  record Look(CompletableFuture<EndpointSnapshot> reply) implements Command {}

  private record Wake() implements Command {}

  /// The pool's answer to a wish to call.
  sealed interface Reservation {}

  /// @param meters whether the tokens billed are to be told when settling
  record Granted(long call, boolean meters) implements Reservation {}

  record Refused(LlmAnswer.Unavailable why) implements Reservation {}

  private static final long BACKOFF_NANOS_MIN = Duration.ofSeconds(1).toNanos();
  private static final long BACKOFF_NANOS_MAX = Duration.ofSeconds(60).toNanos();
  private static final int BACKOFF_DOUBLINGS_MAX = 6;

  private final String endpoint;
  private final LongSupplier clock;
  private final RandomGenerator random;
  private final TimerScheduler<Command> timers;
  private final Limits limits;
  private final Deque<Waiter> firsts = new ArrayDeque<>();
  private final PriorityQueue<Waiter> retries = new PriorityQueue<>();
  private final PriorityQueue<Waiter> repeats = new PriorityQueue<>();
  private long arrivals;
  private long wakeAt = Long.MAX_VALUE;
  private Decision.@Nullable Wait held;

  private record Waiter(Reserve wish, long notBefore, long arrival) implements Comparable<Waiter> {
    @Override
    public int compareTo(Waiter other) {
      int byTime = Long.compare(notBefore, other.notBefore);
      return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
    }
  }

  private EndpointPool(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      EndpointSettings settings,
      LongSupplier clock,
      long seed) {
    super(context);
    this.endpoint = settings.name();
    this.timers = timers;
    this.clock = clock;
    this.random = new SplittableRandom(seed);
    this.limits = new Limits(LimitSettings.of(settings), random, clock.getAsLong());
  }

  /// The pool of an endpoint.
  ///
  /// @param clock nanoseconds that never go back, such as `System::nanoTime`
  /// @param seed of its jitter
  public static Behavior<Command> of(EndpointSettings settings, LongSupplier clock, long seed) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new EndpointPool(context, timers, settings, clock, seed)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    long now = clock.getAsLong();
    return switch (command) {
      case Reserve wish -> {
        enqueue(wish, now);
        yield letThrough(now);
      }
      case Settle(long call, LlmAnswer.Attempt attempt, OptionalLong billed) -> {
        limits.settle(call, attempt, billed, now);
        yield letThrough(now);
      }
      case Drop(long call) -> {
        limits.drop(call, now);
        yield letThrough(now);
      }
      case Recheck _ -> {
        firsts.removeIf(EndpointPool::refused);
        retries.removeIf(EndpointPool::refused);
        repeats.removeIf(EndpointPool::refused);
        yield letThrough(now);
      }
      case Reset _ -> {
        limits.reset();
        yield letThrough(now);
      }
      case Wake _ -> {
        wakeAt = Long.MAX_VALUE;
        yield letThrough(now);
      }
      case Look(CompletableFuture<EndpointSnapshot> reply) -> {
        reply.complete(snapshot(now));
        yield this;
      }
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      refuseAll("endpoint " + endpoint + ": the engine is stopping");
    }
    return this;
  }

  private void enqueue(Reserve wish, long now) {
    Optional<Integer> doublings = wish.turn().backoff();
    long backoff =
        doublings
            .map(n ->
                random.nextLong(
                    Math.min(
                        BACKOFF_NANOS_MAX,
                        BACKOFF_NANOS_MIN << Math.min(n, BACKOFF_DOUBLINGS_MAX))))
            .orElse(0L);
    queueOf(wish.turn()).add(new Waiter(wish, now + backoff, arrivals++));
  }

  private Queue<Waiter> queueOf(Turn turn) {
    if (turn.budgeted()) {
      return retries;
    }
    return turn.retry() ? repeats : firsts;
  }

  /// Grants what the limits allow now, and sets the timer for the rest.
  private Behavior<Command> letThrough(long now) {
    held = null;
    limits.out().ifPresent(this::refuseAll);
    Waiter next = next(now);
    while (next != null && serve(next, now)) {
      next = next(now);
    }
    return this;
  }

  /// The retry whose time has come, else the first try that came first.
  private @Nullable Waiter next(long now) {
    Waiter repeat = repeats.peek();
    if (repeat != null) {
      if (repeat.notBefore() <= now) {
        return repeat;
      }
      hold(new Decision.Wait(repeat.notBefore(), WaitReason.BACKOFF), now);
    }
    Waiter retry = retries.peek();
    if (retry != null) {
      if (retry.notBefore() > now) {
        hold(new Decision.Wait(retry.notBefore(), WaitReason.BACKOFF), now);
      } else if (limits.whenRetryAllowed(now) > now) {
        hold(new Decision.Wait(limits.whenRetryAllowed(now), WaitReason.RETRY_BUDGET), now);
      } else {
        return retry;
      }
    }
    return firsts.peek();
  }

  /// Answers a waiter, if there is an answer now.
  ///
  /// @return whether another may be served
  private boolean serve(Waiter waiter, long now) {
    Reserve wish = waiter.wish();
    if (refused(waiter)) {
      queueOf(wish.turn()).remove();
      return true;
    }
    return switch (limits.reserve(wish.tokensEstimate(), wish.turn().budgeted(), now)) {
      case Decision.Granted(long call) -> {
        queueOf(wish.turn()).remove();
        wish.reply().complete(new Granted(call, limits.metersTokens()));
        yield true;
      }
      case Decision.Wait wait -> {
        hold(wait, now);
        yield false;
      }
      case Decision.Out(String sentence) -> {
        refuseAll(sentence);
        yield false;
      }
    };
  }

  private void hold(Decision.Wait wait, long now) {
    held = wait;
    if (wait.untilNanos() < wakeAt) {
      wakeAt = wait.untilNanos();
      timers.startSingleTimer(Wake.class, new Wake(), Duration.ofNanos(wakeAt - now));
    }
  }

  private static boolean refused(Waiter waiter) {
    Optional<LlmAnswer.Unavailable> refusal = waiter.wish().admission().refusal();
    refusal.ifPresent(why -> waiter.wish().reply().complete(new Refused(why)));
    return refusal.isPresent();
  }

  private void refuseAll(String sentence) {
    Refused refused = new Refused(new LlmAnswer.Unavailable(PauseReason.ENDPOINT, sentence));
    firsts.forEach(waiter -> waiter.wish().reply().complete(refused));
    retries.forEach(waiter -> waiter.wish().reply().complete(refused));
    repeats.forEach(waiter -> waiter.wish().reply().complete(refused));
    firsts.clear();
    retries.clear();
    repeats.clear();
  }

  private EndpointSnapshot snapshot(long now) {
    Optional<Decision.Wait> wait = Optional.ofNullable(held);
    return new EndpointSnapshot(
        endpoint,
        limits.inFlight(now),
        limits.inFlightLimit(),
        limits.requestsPerMinute(),
        limits.tokensPerMinute(),
        firsts.size() + retries.size() + repeats.size(),
        wait.map(Decision.Wait::reason),
        wait.filter(held -> held.reason() != WaitReason.IN_FLIGHT)
            .map(held -> Duration.ofNanos(Math.max(0, held.untilNanos() - now))),
        limits.out(),
        limits.callsLastMinute(now),
        limits.retriesLastMinute(now));
  }
}
