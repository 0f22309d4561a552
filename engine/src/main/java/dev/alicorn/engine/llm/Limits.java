package dev.alicorn.engine.llm;

import dev.alicorn.engine.llm.EndpointSnapshot.Limit;
import dev.alicorn.engine.llm.EndpointSnapshot.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/// The limits of one endpoint: says when a call may be made, and learns from what came of it.
///
/// A call reserves a request, its tokens and a place in flight at once, or waits. A reservation
/// that nobody settles ends with its call's deadline. Where an endpoint refuses calls for too much
/// and names neither a limit nor a wait, only the number in flight is learned, not a rate: what a
/// minute held before the first refusal says little about what it may hold.
///
/// No clock and no thread is in here: times are nanoseconds that never go back, and chance comes
/// from a given source.
final class Limits {
  private static final long EXPIRY_GRACE_NANOS = Duration.ofSeconds(5).toNanos();

  private final LimitSettings settings;
  private final Health health;
  private final Pause pause;
  private final Concurrency concurrency;
  private final RetryBudget retryBudget = new RetryBudget();
  private final Quota quota;
  private final SequencedMap<Long, Reserved> reservations = new LinkedHashMap<>();
  private final long lifetimeNanos;
  private long nextCall;

  private record Reserved(boolean retry, long grantedAt, long callSlot, Quota.Taken taken) {}

  Limits(LimitSettings settings, RandomGenerator random, long now) {
    this.settings = settings;
    lifetimeNanos = settings.callDeadline().toNanos() + EXPIRY_GRACE_NANOS;
    health = new Health(settings, random);
    pause = new Pause(random);
    concurrency = new Concurrency(settings.inFlightMax());
    quota = new Quota(settings, now);
  }

  /// Reserves all that a call needs, if it may be made now. An endpoint that is out lets a probe
  /// through now and then.
  ///
  /// @param estimate the tokens that it may be billed for at most
  /// @param retry whether the call draws on the retry budget
  Decision reserve(Tokens estimate, boolean retry, long now) {
    expire(now);
    Optional<Decision> unwell = health.blocks(now);
    if (unwell.isPresent()) {
      return untilExpiry(unwell.get());
    }
    if (pause.until() > now) {
      return new Decision.Wait(pause.until(), WaitReason.RETRY_AFTER);
    }
    if (reservations.size() >= concurrency.allowed()) {
      return new Decision.Wait(firstExpiry(), WaitReason.IN_FLIGHT);
    }
    long retryAllowed = retry ? retryBudget.whenAllowed(now) : now;
    if (retryAllowed > now) {
      return new Decision.Wait(retryAllowed, WaitReason.RETRY_BUDGET);
    }
    Optional<Decision.Wait> full = quota.blocks(estimate, now);
    if (full.isPresent()) {
      return full.get();
    }
    long call = nextCall++;
    long callSlot = retryBudget.called(retry, now);
    reservations.put(call, new Reserved(retry, now, callSlot, quota.take(estimate, now)));
    health.passed(call);
    return new Decision.Granted(call);
  }

  /// A probe that is out ends with its reservation, so that it is to be asked again then.
  private Decision untilExpiry(Decision decision) {
    return switch (decision) {
      case Decision.Wait(long until, WaitReason reason) ->
          new Decision.Wait(Math.min(until, firstExpiry()), reason);
      case Decision.Out(String sentence, long probeFrom) ->
          new Decision.Out(sentence, Math.min(probeFrom, firstExpiry()));
      case Decision.Granted granted -> granted;
    };
  }

  /// Whether the tokens that a reply was billed for are of use to `settle`.
  boolean metersTokens() {
    return quota.metersTokens();
  }

  /// Ends a reservation with what came of its call; one that has expired is not touched again.
  ///
  /// @param billed tokens that the call was billed for; empty where it is not known
  void settle(long call, LlmAnswer.Attempt attempt, Optional<Tokens> billed, long now) {
    expire(now);
    Reserved reserved = reservations.remove(call);
    if (reserved == null) {
      return;
    }
    if (!attempt.signals().equals(LimitSignals.NONE)) {
      boolean replied = attempt instanceof LlmAnswer.Replied;
      pause.ask(quota.heed(attempt.signals(), replied, now), now);
    }
    switch (attempt) {
      case LlmAnswer.Replied _ -> {
        billed.ifPresent(tokens -> {
          quota.settle(reserved.taken(), tokens, now);
          quota.learn(reserved.taken().estimate(), tokens);
        });
        concurrency.succeeded();
        health.succeeded(call, now);
        pause.succeeded();
      }
      case LlmAnswer.Failed failed -> fail(call, reserved, failed, now);
    }
  }

  /// Ends the reservation of a call that was not made after all.
  void drop(long call, long now) {
    Reserved reserved = reservations.remove(call);
    if (reserved != null) {
      unsend(reserved, now);
      health.dropped(call, now);
    }
  }

  /// Somebody has seen to the endpoint: it is in again. What a minute has seen, and a wait that the
  /// endpoint asked for, stay.
  void reset() {
    health.reset();
  }

  private void fail(long call, Reserved reserved, LlmAnswer.Failed failed, long now) {
    switch (failed.cause()) {
      case RATE_LIMITED -> {
        unbilled(reserved, now);
        health.answered(call, now);
        if (concurrency.congested(call, nextCall) && failed.signals().retryAfter().isEmpty()) {
          pause.congested(now);
        }
      }
      case OUT_OF_MONEY, UNAUTHORIZED, NOT_FOUND -> {
        unbilled(reserved, now);
        health.rejected(call, failed, now);
      }
      case REFUSED_REQUEST -> {
        unbilled(reserved, now);
        health.refused(call, failed, now);
      }
      case CONTENT_FILTERED -> {
        unbilled(reserved, now);
        health.answered(call, now);
      }
      case BODY_TOO_LARGE -> health.answered(call, now);
      case SERVER_ERROR -> {
        unbilled(reserved, now);
        health.failed(call, true, failed, now);
      }
      case NOT_SENT -> {
        unsend(reserved, now);
        health.failed(call, false, failed, now);
      }
      // It may have been billed in full.
      case UNKNOWN_OUTCOME, CUT_BODY -> health.failed(call, true, failed, now);
      case UNUSABLE_REPLY ->
          throw new IllegalArgumentException("a reply is found unusable by the judge, not here");
    }
  }

  private void unbilled(Reserved reserved, long now) {
    quota.settle(reserved.taken(), Tokens.NONE, now);
  }

  private void unsend(Reserved reserved, long now) {
    quota.restore(reserved.taken(), now);
    retryBudget.notCalled(reserved.retry(), reserved.callSlot(), now);
  }

  private void expire(long now) {
    while (!reservations.isEmpty() && firstExpiry() <= now) {
      health.dropped(reservations.firstEntry().getKey(), now);
      reservations.pollFirstEntry();
    }
  }

  /// When the oldest reservation ends by itself; `Long.MAX_VALUE` if there is none.
  private long firstExpiry() {
    Map.Entry<Long, Reserved> oldest = reservations.firstEntry();
    return oldest == null ? Long.MAX_VALUE : oldest.getValue().grantedAt() + lifetimeNanos;
  }

  int inFlight(long now) {
    expire(now);
    return reservations.size();
  }

  Limit inFlightLimit() {
    int allowed = concurrency.allowed();
    return new Limit(allowed, allowed < settings.inFlightMax() ? Source.LEARNED : Source.CONFIG);
  }

  Quota quota() {
    return quota;
  }

  /// Whether calls go to it as they come, and not as probes alone.
  boolean up() {
    return health.up();
  }

  Optional<String> out() {
    return health.out();
  }

  long callsLastMinute(long now) {
    return retryBudget.callsOfLastMinute(now);
  }

  long retriesLastMinute(long now) {
    return retryBudget.retriesOfLastMinute(now);
  }
}
