package dev.alicorn.engine.llm;

import static dev.alicorn.engine.llm.PoolSimulation.MINUTE;
import static dev.alicorn.engine.llm.PoolSimulation.SECOND;

import dev.alicorn.engine.llm.PoolWorld.Telling;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// An endpoint of a simulated world, with its own exact account of the last minute, against which
/// each call that reaches it is checked.
final class SimulatedServer {
  /// More than the calls in flight may be billed above their estimates' usual share.
  private static final long TOKENS_OVER_MAX = 1200;

  private final PoolWorld.Server server;
  private final double faults;
  private final RandomGenerator random;
  private final Consumer<String> broken;
  private final Deque<Sent> minute = new ArrayDeque<>();
  private Tokens minuteTokens = Tokens.NONE;
  private long minuteRetries;
  private long notBefore = Long.MIN_VALUE;
  private boolean told;
  private int inFlight;
  private long tripped = -1;
  private long lastCall = -1;
  private int probes;
  private long untrippedBy = -1;

  private record Sent(long at, Tokens tokens, boolean retry) {}

  SimulatedServer(
      PoolWorld.Server server, double faults, RandomGenerator random, Consumer<String> broken) {
    this.server = server;
    this.faults = faults;
    this.random = random;
    this.broken = broken;
    told = server.telling() == Telling.NOTHING;
  }

  /// A call is let through to it.
  ///
  /// @return what it says
  LlmAnswer.Attempt called(long call, Tokens tokens, boolean retry, long now) {
    inFlight++;
    lastCall = Math.max(lastCall, call);
    check(inFlight <= server.inFlightMax(), now, inFlight + " in flight");
    check(now >= notBefore, now, "called before Retry-After, " + notBefore);
    if (tripped >= 0 && call > tripped) {
      probes++;
      check(probes <= 1, now, probes + " probes at a time");
    }
    boolean storm = server.storm().at(now);
    if (storm && server.storm().cause() == FailureCause.NOT_SENT) {
      return Answers.failed(FailureCause.NOT_SENT, 0);
    }
    forget(now);
    check(
        !retry || minuteRetries < Math.max(10, minute.size() / 10),
        now,
        "retry " + minuteRetries + " of " + minute.size() + " calls");
    boolean tooMany = minute.size() >= server.requestsPerMinute();
    check(!told || !tooMany, now, minute.size() + " requests in the minute before");
    boolean tooMuch = server.telling() != Telling.NOTHING && over(tokens) > 0 && !minute.isEmpty();
    LlmAnswer.Attempt attempt = said(storm, tooMany || tooMuch, now);
    Tokens billed = bills(attempt) ? tokens : Tokens.NONE;
    count(new Sent(now, billed, retry), 1);
    if (server.telling() == Telling.NOTHING) {
      long most = TOKENS_OVER_MAX + server.tokensPerMinute() / 50;
      check(over(Tokens.NONE) <= most, now, minuteTokens + " in a minute");
    }
    return attempt;
  }

  /// What a call came to has been told to the scheduler.
  void settled(long call, LlmAnswer.Attempt attempt, long now) {
    ended(call);
    long wait = attempt.signals().retryAfter().map(Duration::toNanos).orElse(0L);
    notBefore = wait > 0 ? Math.max(notBefore, now + wait) : notBefore;
    if (attempt instanceof LlmAnswer.Replied) {
      told = true;
      if (tripped >= 0 && call > tripped) {
        untrip(call - 1);
      }
    } else if (faults == 0 && refusesToStand(attempt) && tripped < 0 && call > untrippedBy) {
      tripped = lastCall;
    }
  }

  /// The breaker has closed, and is deaf to calls of before.
  private void untrip(long deafTo) {
    tripped = -1;
    probes = 0;
    untrippedBy = deafTo;
  }

  /// A call is out no more, whether anybody was told or not.
  void ended(long call) {
    inFlight--;
    if (tripped >= 0 && call > tripped) {
      probes--;
    }
  }

  /// Somebody has seen to it.
  void reset() {
    untrip(lastCall);
  }

  private boolean refusesToStand(LlmAnswer.Attempt attempt) {
    return server.storm().cause() == FailureCause.NOT_SENT
        && attempt instanceof LlmAnswer.Failed failed
        && failed.cause() == FailureCause.NOT_SENT;
  }

  private long over(Tokens more) {
    return Math.max(
        minuteTokens.total() + more.total() - server.tokensPerMinute(),
        Math.max(
            minuteTokens.input() + more.input() - server.inputTokensPerMinute(),
            minuteTokens.output() + more.output() - server.outputTokensPerMinute()));
  }

  /// How long it takes to answer.
  long latency(LlmAnswer.Attempt attempt, long deadline) {
    if (attempt instanceof LlmAnswer.Failed failed) {
      switch (failed.cause()) {
        case NOT_SENT -> {
          return SECOND / 100;
        }
        case UNKNOWN_OUTCOME -> {
          return deadline;
        }
        default -> {}
      }
    }
    double jitter = Math.exp(0.4 * random.nextGaussian());
    return Math.min((long) (server.latencyNanos() * jitter), deadline);
  }

  private static boolean bills(LlmAnswer.Attempt attempt) {
    return switch (attempt) {
      case LlmAnswer.Replied _ -> true;
      case LlmAnswer.Failed failed ->
          failed.cause().consequence() == FailureCause.Consequence.REPEAT;
    };
  }

  private LlmAnswer.Attempt said(boolean storm, boolean overLimit, long now) {
    if (storm) {
      return server.storm().cause() == FailureCause.RATE_LIMITED
          ? limited(Duration.ofSeconds(7), now)
          : Answers.failed(server.storm().cause(), 503);
    }
    if (overLimit) {
      return limited(Duration.ofSeconds(1), now);
    }
    double draw = random.nextDouble();
    if (draw < faults) {
      return switch ((int) (draw / faults * 4)) {
        case 0 -> Answers.failed(FailureCause.SERVER_ERROR, 500);
        case 1 -> Answers.failed(FailureCause.UNKNOWN_OUTCOME, 0);
        case 2 -> Answers.failed(FailureCause.CUT_BODY, 200);
        default -> Answers.failed(FailureCause.CONTENT_FILTERED, 400);
      };
    }
    return server.telling() == Telling.NOTHING
        ? Answers.OK
        : new LlmAnswer.Replied(Bytes.EMPTY, signals(Optional.empty(), now), Duration.ofMillis(1));
  }

  private LlmAnswer.Attempt limited(Duration wait, long now) {
    LimitSignals signals =
        server.telling() == Telling.NOTHING
            ? new LimitSignals(named(wait), Optional.empty(), Optional.empty())
            : signals(named(wait), now);
    return Answers.failed(FailureCause.RATE_LIMITED, 429, signals);
  }

  private Optional<Duration> named(Duration wait) {
    return Optional.of(wait).filter(_ -> server.namesWaits());
  }

  private LimitSignals signals(Optional<Duration> retryAfter, long now) {
    Optional<Duration> whole =
        minute.isEmpty()
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(minute.getLast().at() + MINUTE - now));
    return new LimitSignals(
        retryAfter,
        window(server.requestsPerMinute(), minute.size(), whole),
        window(server.tokensPerMinute(), minuteTokens.total(), whole),
        window(server.inputTokensPerMinute(), minuteTokens.input(), whole),
        window(server.outputTokensPerMinute(), minuteTokens.output(), whole));
  }

  private Optional<LimitSignals.Window> window(long limit, long used, Optional<Duration> whole) {
    boolean windows = server.telling() == Telling.WINDOWS;
    return Optional.of(
        new LimitSignals.Window(
            OptionalLong.of(limit),
            windows ? OptionalLong.of(Math.max(0, limit - used)) : OptionalLong.empty(),
            windows ? whole : Optional.empty()));
  }

  private void forget(long now) {
    while (!minute.isEmpty() && now - minute.element().at() >= MINUTE) {
      count(minute.remove(), -1);
    }
  }

  private void count(Sent sent, int sign) {
    if (sign > 0) {
      minute.add(sent);
    }
    minuteTokens =
        new Tokens(
            minuteTokens.input() + sign * sent.tokens().input(),
            minuteTokens.output() + sign * sent.tokens().output());
    minuteRetries += sent.retry() ? sign : 0;
  }

  private void check(boolean holds, long now, String otherwise) {
    if (!holds) {
      broken.accept("%.3f s, %s: %s".formatted(now / 1e9, server.name(), otherwise));
    }
  }
}
