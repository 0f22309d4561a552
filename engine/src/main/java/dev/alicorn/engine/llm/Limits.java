package dev.alicorn.engine.llm;

import dev.alicorn.engine.llm.EndpointSnapshot.Limit;
import dev.alicorn.engine.llm.EndpointSnapshot.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The limits of one endpoint: says when a call may be made, and learns from what came of it.
///
/// A call reserves a request, its tokens and a place in flight at once, or waits. Tokens are
/// reserved at the caller's estimate times the share of estimates that was really billed of late,
/// and settled with what was billed. So over any minute the requests never pass their limit, and
/// the tokens pass it by no more than the calls in flight are billed above that share; half a
/// percent of the tokens is left free for it. A reservation that nobody settles ends with its
/// call's deadline.
///
/// No clock and no thread is in here: times are nanoseconds that never go back, and chance comes
/// from a given source.
final class Limits {
  private static final double TOKENS_USED = 0.995;
  private static final double SHARE_WEIGHT = 1.0 / 32;
  private static final double SHARE_MIN = 0.02;
  private static final double SHARE_MAX = 2;
  private static final long EXPIRY_GRACE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int FAILURES_TO_GIVE_UP = 3;

  private final LimitSettings settings;
  private final Breaker breaker;
  private final Pause pause;
  private final Concurrency concurrency;
  private final RetryBudget retryBudget = new RetryBudget();
  private final AdvertisedLimit requests;
  private final AdvertisedLimit tokens;
  private final SequencedMap<Long, Reservation> reservations = new LinkedHashMap<>();
  private final long lifetimeNanos;
  private double billedShare = 1;
  private long nextCall;
  private long resetBefore;
  private int failures;
  private long failingSince;
  private @Nullable String out;

  private record Reservation(
      boolean retry,
      long grantedAt,
      long estimate,
      long tokens,
      long callSlot,
      long requestSlot,
      long tokenSlot) {}

  Limits(LimitSettings settings, RandomGenerator random, long now) {
    this.settings = settings;
    lifetimeNanos = settings.callDeadline().toNanos() + EXPIRY_GRACE_NANOS;
    breaker = new Breaker(random);
    pause = new Pause(random);
    concurrency = new Concurrency(settings.inFlightMax());
    requests = new AdvertisedLimit(settings.requestsPerMinute(), 1, now);
    tokens = new AdvertisedLimit(settings.tokensPerMinute(), TOKENS_USED, now);
  }

  /// Reserves all that a call needs, if it may be made now.
  ///
  /// @param estimate the tokens that it may be billed for at most
  /// @param retry whether the call draws on the retry budget
  Decision reserve(long estimate, boolean retry, long now) {
    expire(now);
    if (out != null) {
      return new Decision.Out(out);
    }
    long passes = breaker.whenPasses(now);
    if (passes > now) {
      return new Decision.Wait(Math.min(passes, firstExpiry()), WaitReason.ENDPOINT_DOWN);
    }
    if (pause.until() > now) {
      return new Decision.Wait(pause.until(), WaitReason.RETRY_AFTER);
    }
    if (reservations.size() >= concurrency.allowed()) {
      return new Decision.Wait(firstExpiry(), WaitReason.IN_FLIGHT);
    }
    if (retry && retryBudget.whenAllowed(now) > now) {
      return new Decision.Wait(retryBudget.whenAllowed(now), WaitReason.RETRY_BUDGET);
    }
    long request = requests.whenFits(1, now);
    if (request > now) {
      return new Decision.Wait(request, WaitReason.REQUESTS_PER_MINUTE);
    }
    long expected = Math.max(1, Math.round(estimate * billedShare));
    long token = tokens.whenFits(expected, now);
    if (token > now) {
      return new Decision.Wait(token, WaitReason.TOKENS_PER_MINUTE);
    }
    long call = nextCall++;
    reservations.put(
        call,
        new Reservation(
            retry,
            now,
            estimate,
            expected,
            retryBudget.called(retry, now),
            requests.take(1, now),
            tokens.take(expected, now)));
    breaker.passed(call);
    return new Decision.Granted(call);
  }

  /// The time, from now on, at which the retry budget lets a retry through.
  long whenRetryAllowed(long now) {
    return retryBudget.whenAllowed(now);
  }

  /// Whether the tokens that a reply was billed for are of use to `settle`.
  boolean metersTokens() {
    return tokens.present();
  }

  /// Ends a reservation with what came of its call; one that has expired is not touched again.
  ///
  /// @param billed tokens that the call was billed for; empty where it is not known
  void settle(long call, LlmAnswer.Attempt attempt, OptionalLong billed, long now) {
    Reservation reservation = reservations.remove(call);
    if (reservation == null) {
      return;
    }
    heed(attempt.signals(), now);
    switch (attempt) {
      case LlmAnswer.Replied _ -> {
        bill(reservation, billed.orElse(reservation.tokens()), now);
        learn(reservation, billed);
        concurrency.succeeded();
        breaker.answered(call, true, now);
        pause.succeeded();
        failures = 0;
      }
      case LlmAnswer.Failed failed -> fail(call, reservation, failed, now);
    }
  }

  /// Ends the reservation of a call that was not made after all.
  void drop(long call, long now) {
    Reservation reservation = reservations.remove(call);
    if (reservation != null) {
      unsend(reservation, now);
      breaker.dropped(call);
    }
  }

  /// Somebody has seen to the endpoint: it is in again, and what the calls still out come to is not
  /// held against it. What a minute has seen, and a wait that the endpoint asked for, stay.
  void reset() {
    out = null;
    failures = 0;
    resetBefore = nextCall;
    breaker.close();
  }

  private void fail(long call, Reservation reservation, LlmAnswer.Failed failed, long now) {
    switch (failed.cause()) {
      case RATE_LIMITED -> {
        bill(reservation, 0, now);
        breaker.answered(call, false, now);
        if (concurrency.congested(call, nextCall) && failed.signals().retryAfter().isEmpty()) {
          pause.congested(now);
        }
      }
      case OUT_OF_MONEY, UNAUTHORIZED, NOT_FOUND -> {
        bill(reservation, 0, now);
        breaker.dropped(call);
        goOut(call, OutOfService.at(settings.endpoint(), failed));
      }
      case REFUSED_REQUEST -> {
        bill(reservation, 0, now);
        breaker.answered(call, false, now);
        giveUpOn(call, failed, now);
      }
      case CONTENT_FILTERED -> {
        bill(reservation, 0, now);
        breaker.answered(call, false, now);
      }
      case BODY_TOO_LARGE -> breaker.answered(call, false, now);
      case SERVER_ERROR -> {
        bill(reservation, 0, now);
        breaker.failed(call, true, now);
        giveUpOn(call, failed, now);
      }
      case NOT_SENT -> {
        unsend(reservation, now);
        breaker.failed(call, false, now);
        giveUpOn(call, failed, now);
      }
      // It may have been billed in full.
      case UNKNOWN_OUTCOME, CUT_BODY -> {
        breaker.failed(call, true, now);
        giveUpOn(call, failed, now);
      }
      case UNUSABLE_REPLY ->
          throw new IllegalArgumentException("a reply is found unusable by the judge, not here");
    }
  }

  private void giveUpOn(long call, LlmAnswer.Failed failed, long now) {
    if (failures == 0) {
      failingSince = now;
    }
    failures++;
    if (failures >= FAILURES_TO_GIVE_UP && now - failingSince >= settings.giveUpAfter().toNanos()) {
      goOut(
          call,
          OutOfService.after(
              Duration.ofNanos(now - failingSince), failures, settings.endpoint(), failed));
    }
  }

  private void goOut(long call, String sentence) {
    if (call >= resetBefore && out == null) {
      out = sentence;
    }
  }

  /// What headers say holds whether the call went well or not.
  private void heed(LimitSignals signals, long now) {
    if (signals.equals(LimitSignals.NONE)) {
      return;
    }
    long wait = signals.retryAfter().map(Duration::toNanos).orElse(0L);
    wait = Math.max(wait, heed(requests, signals.requests(), now));
    wait = Math.max(wait, heed(tokens, signals.tokens(), now));
    pause.ask(wait, now);
  }

  private static long heed(AdvertisedLimit limit, Optional<LimitSignals.Window> window, long now) {
    if (window.isEmpty()) {
      return 0;
    }
    window.get().limit().ifPresent(value -> limit.advertised(value, now));
    return window.get().exhausted() ? window.get().reset().map(Duration::toNanos).orElse(0L) : 0;
  }

  private void bill(Reservation reservation, long actual, long now) {
    tokens.settle(reservation.tokenSlot(), reservation.tokens(), actual, now);
  }

  private void unsend(Reservation reservation, long now) {
    bill(reservation, 0, now);
    requests.settle(reservation.requestSlot(), 1, 0, now);
    retryBudget.notCalled(reservation.retry(), reservation.callSlot(), now);
  }

  private void learn(Reservation reservation, OptionalLong billed) {
    if (billed.isPresent()) {
      double share = billed.getAsLong() / (double) Math.max(1, reservation.estimate());
      billedShare =
          Math.clamp(billedShare + (share - billedShare) * SHARE_WEIGHT, SHARE_MIN, SHARE_MAX);
    }
  }

  private void expire(long now) {
    while (!reservations.isEmpty() && firstExpiry() <= now) {
      breaker.dropped(reservations.firstEntry().getKey());
      reservations.pollFirstEntry();
    }
  }

  /// When the oldest reservation ends by itself; `Long.MAX_VALUE` if there is none.
  private long firstExpiry() {
    Map.Entry<Long, Reservation> oldest = reservations.firstEntry();
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

  Optional<Limit> requestsPerMinute() {
    return requests.limit();
  }

  Optional<Limit> tokensPerMinute() {
    return tokens.limit();
  }

  Optional<String> out() {
    return Optional.ofNullable(out);
  }

  long callsLastMinute(long now) {
    return retryBudget.callsOfLastMinute(now);
  }

  long retriesLastMinute(long now) {
    return retryBudget.retriesOfLastMinute(now);
  }
}
