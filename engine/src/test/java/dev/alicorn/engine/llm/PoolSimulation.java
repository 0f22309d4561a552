package dev.alicorn.engine.llm;

import dev.alicorn.engine.llm.EndpointPool.Granted;
import dev.alicorn.engine.llm.EndpointPool.Refused;
import dev.alicorn.engine.llm.EndpointPool.Reservation;
import dev.alicorn.protocol.FailureCause;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// A world around one pool on virtual time: callers who always have so many rows waiting, and an
/// endpoint with exact limits, latencies, single faults and a storm. All of it follows from a seed.
///
/// What the pool promises is checked against the world's own account at each call that it lets
/// through; what is seen is kept for further checks.
final class PoolSimulation {
  static final long SECOND = Duration.ofSeconds(1).toNanos();
  static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  /// What the world is like.
  ///
  /// @param advertised whether the endpoint tells its limits by headers alone
  /// @param faults share of calls that fail by themselves
  /// @param lost share of calls that nobody settles
  /// @param stormCause what every call meets from `stormFrom` to `stormUntil`
  record World(
      long seed,
      long requestsPerMinute,
      long tokensPerMinute,
      boolean advertised,
      int inFlightMax,
      int rows,
      long latencyNanos,
      double faults,
      double lost,
      FailureCause stormCause,
      long stormFrom,
      long stormUntil,
      long until) {}

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /// A call that reached the endpoint.
  record Sent(long at, long tokens, boolean budgeted) {}

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final World world;
  private final RandomGenerator random;
  private final PoolOnVirtualTime pool;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Deque<Sent> minute = new ArrayDeque<>();
  private long minuteTokens;
  private long minuteRetries;
  private long firstsAsked;
  private long firstsGranted;
  private long notBefore = Long.MIN_VALUE;
  private long order;

  private final List<CompletableFuture<Void>> asks = new ArrayList<>();

  final List<Sent> sent = new ArrayList<>();
  final List<String> broken = new ArrayList<>();
  long tokensOverMax;
  long refusedByRate;
  long rowsBegun;
  long rowsEnded;
  long refused;
  int inFlight;

  PoolSimulation(World world) {
    this.world = world;
    random = new SplittableRandom(world.seed());
    EndpointSettings plain = Endpoints.at(URI.create("http://127.0.0.1:9/v1"));
    pool =
        new PoolOnVirtualTime(
            Endpoints.withDeadline(
                Endpoints.withLimits(
                    plain,
                    world.advertised()
                        ? OptionalLong.empty()
                        : OptionalLong.of(world.requestsPerMinute()),
                    world.advertised()
                        ? OptionalLong.empty()
                        : OptionalLong.of(world.tokensPerMinute()),
                    world.inFlightMax()),
                DEADLINE),
            world.seed());
  }

  PoolSimulation run() {
    for (int i = 0; i < world.rows(); i++) {
      begin();
    }
    while (!events.isEmpty() || pool.wakeAt() < Long.MAX_VALUE) {
      if (pool.now() > world.until() + HOUR) {
        broken.add("rows still wait an hour after the last was begun");
        return this;
      }
      long next = events.isEmpty() ? Long.MAX_VALUE : events.element().at();
      if (pool.wakeAt() <= next) {
        pool.passTo(pool.wakeAt());
      } else {
        Event event = events.remove();
        pool.passTo(event.at());
        event.what().run();
      }
    }
    asks.forEach(CompletableFuture::join);
    // Lost calls end with their deadline.
    pool.passTo(pool.now() + 2 * DEADLINE.toNanos());
    return this;
  }

  long sentBetween(long from, long to) {
    return sent.stream().filter(call -> call.at() >= from && call.at() < to).count();
  }

  long tokensBetween(long from, long to) {
    return sent.stream()
        .filter(call -> call.at() >= from && call.at() < to)
        .mapToLong(Sent::tokens)
        .sum();
  }

  EndpointSnapshot end() {
    return pool.look();
  }

  private void begin() {
    if (pool.now() < world.until()) {
      rowsBegun++;
      long estimate = random.nextLong(200, 1200);
      long billed = (long) (estimate * random.nextDouble(0.2, 0.6));
      ask(new Row(estimate, billed, rowsBegun), Turn.FIRST);
    }
  }

  private record Row(long estimate, long billed, long number) {}

  private void ask(Row row, Turn turn) {
    long place = turn.retry() ? -1 : firstsAsked++;
    CompletableFuture<Reservation> reply = new CompletableFuture<>();
    asks.add(
        reply.thenAccept(reservation -> {
          switch (reservation) {
            case Granted granted -> send(row, turn, place, granted);
            case Refused _ -> refused(row, turn, place);
          }
        }));
    pool.run(new EndpointPool.Reserve(row.estimate(), turn, Admission.ALWAYS, reply));
  }

  /// Somebody sees to the endpoint after a while, and the row asks again.
  private void refused(Row row, Turn turn, long place) {
    refused++;
    if (place >= 0) {
      firstsGranted++;
    }
    at(
        pool.now() + 10 * SECOND,
        () -> {
          pool.run(new EndpointPool.Reset());
          ask(row, turn);
        });
  }

  private void send(Row row, Turn turn, long place, Granted granted) {
    long now = pool.now();
    inFlight++;
    if (inFlight > world.inFlightMax()) {
      broken.add(now + ": " + inFlight + " in flight");
    }
    if (now < notBefore) {
      broken.add(now + ": sent before Retry-After, " + notBefore);
    }
    if (place >= 0) {
      if (place != firstsGranted) {
        broken.add(now + ": first try " + place + " overtook " + firstsGranted);
      }
      firstsGranted++;
    }
    boolean storm = now >= world.stormFrom() && now < world.stormUntil();
    if (storm && world.stormCause() == FailureCause.NOT_SENT) {
      answer(row, turn, granted, Answers.failed(FailureCause.NOT_SENT, 0), SECOND / 100);
      return;
    }
    forget(now);
    if (turn.budgeted() && minuteRetries >= Math.max(10, minute.size() / 10)) {
      broken.add(now + ": retry " + minuteRetries + " of " + minute.size() + " calls");
    }
    // The endpoint's own, exact account of the last 60 s.
    boolean tooMany = minute.size() >= world.requestsPerMinute();
    boolean tooMuch = !minute.isEmpty() && minuteTokens + row.billed() > world.tokensPerMinute();
    boolean lost = random.nextDouble() < world.lost();
    LlmAnswer.Attempt attempt = said(storm, tooMany || (tooMuch && world.advertised()));
    Sent call = new Sent(now, lost || bills(attempt) ? row.billed() : 0, turn.budgeted());
    sent.add(call);
    minute.add(call);
    minuteTokens += call.tokens();
    minuteRetries += turn.budgeted() ? 1 : 0;
    tokensOverMax = Math.max(tokensOverMax, minuteTokens - world.tokensPerMinute());
    if (tooMany && !world.advertised()) {
      broken.add(now + ": " + minute.size() + " requests in a minute");
    }
    if (lost) {
      rowsEnded++;
      at(
          now + DEADLINE.toNanos(),
          () -> {
            inFlight--;
            begin();
          });
    } else {
      long latency = (long) (world.latencyNanos() * Math.exp(0.4 * random.nextGaussian()));
      answer(row, turn, granted, attempt, Math.min(latency, DEADLINE.toNanos()));
    }
  }

  private static boolean bills(LlmAnswer.Attempt attempt) {
    return switch (attempt) {
      case LlmAnswer.Replied _ -> true;
      case LlmAnswer.Failed failed ->
          failed.cause().consequence() == FailureCause.Consequence.REPEAT;
    };
  }

  private LlmAnswer.Attempt said(boolean storm, boolean overLimit) {
    if (storm) {
      return world.stormCause() == FailureCause.RATE_LIMITED
          ? Answers.rateLimited(Duration.ofSeconds(7))
          : Answers.failed(world.stormCause(), 503);
    }
    if (overLimit) {
      refusedByRate++;
      return Answers.rateLimited(Duration.ofSeconds(1));
    }
    double draw = random.nextDouble();
    if (draw < world.faults()) {
      return switch ((int) (draw / world.faults() * 4)) {
        case 0 -> Answers.failed(FailureCause.SERVER_ERROR, 500);
        case 1 -> Answers.failed(FailureCause.UNKNOWN_OUTCOME, 0);
        case 2 -> Answers.failed(FailureCause.CUT_BODY, 200);
        default -> Answers.failed(FailureCause.CONTENT_FILTERED, 400);
      };
    }
    return world.advertised()
        ? Answers.withLimits(world.requestsPerMinute(), world.tokensPerMinute())
        : Answers.OK;
  }

  private void answer(
      Row row, Turn turn, Granted granted, LlmAnswer.Attempt attempt, long latency) {
    at(
        pool.now() + latency,
        () -> {
          inFlight--;
          attempt
              .signals()
              .retryAfter()
              .ifPresent(wait -> notBefore = Math.max(notBefore, pool.now() + wait.toNanos()));
          if (attempt instanceof LlmAnswer.Replied) {
            pool.settle(granted.call(), attempt, row.billed());
          } else {
            pool.settle(granted.call(), attempt);
          }
          follow(row, turn, attempt);
        });
  }

  /// What a step does with an answer: done, or asks again as the cause has it.
  private void follow(Row row, Turn turn, LlmAnswer.Attempt attempt) {
    if (attempt instanceof LlmAnswer.Failed failed) {
      int attempts =
          turn.attempts() + (failed.cause().consequence() == FailureCause.Consequence.WAIT ? 0 : 1);
      boolean again =
          switch (failed.cause().consequence()) {
            case WAIT, PAUSE -> true;
            case RETRY -> attempts < 6;
            case REPEAT -> attempts < 3;
            case FINAL -> false;
          };
      if (again) {
        ask(row, Turn.after(failed.cause(), attempts));
        return;
      }
    }
    rowsEnded++;
    begin();
  }

  private void forget(long now) {
    while (!minute.isEmpty() && now - minute.peek().at() >= MINUTE) {
      Sent old = minute.remove();
      minuteTokens -= old.tokens();
      minuteRetries -= old.budgeted() ? 1 : 0;
    }
  }

  private void at(long time, Runnable what) {
    events.add(new Event(time, order++, what));
  }
}
