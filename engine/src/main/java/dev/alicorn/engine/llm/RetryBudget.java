package dev.alicorn.engine.llm;

import java.time.Duration;

/// How many retries an endpoint may see: a tenth of the calls of the last 60 s, but at least 10.
final class RetryBudget {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int SLOTS = 600;
  private static final int CALLS_PER_RETRY = 10;
  private static final int FLOOR = 10;

  private final RollingSum calls = new RollingSum(MINUTE, SLOTS);
  private final RollingSum retries = new RollingSum(MINUTE, SLOTS);

  /// The time, from now on, at which a retry may go if no call is made until then.
  long whenAllowed(long now) {
    long allowed = Math.max(calls.sumWithin(now) / CALLS_PER_RETRY, FLOOR);
    return retries.whenAtMost(allowed - 1, now);
  }

  /// Counts a call; returns the slot to take it back by.
  long called(boolean retry, long now) {
    if (retry) {
      retries.add(1, now);
    }
    return calls.add(1, now);
  }

  /// Takes back a call that did not reach the endpoint.
  void notCalled(boolean retry, long slot, long now) {
    calls.correct(slot, -1, now);
    if (retry) {
      retries.correct(slot, -1, now);
    }
  }

  long callsOfLastMinute(long now) {
    return calls.sumWithin(now);
  }

  long retriesOfLastMinute(long now) {
    return retries.sumWithin(now);
  }
}
