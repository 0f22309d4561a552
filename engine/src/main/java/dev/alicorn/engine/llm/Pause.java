package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The time before which an endpoint is not called, because it asked for that.
///
/// A wait that it names is kept, and a twentieth more by chance (between 0.1 s and 5 s). Where it
/// only says that there was too much, the wait is drawn from 1 s doubled with each such event until
/// a call succeeds, 60 s at most, and at least half of that.
final class Pause {
  private static final long CONGESTION_NANOS_MIN = Duration.ofSeconds(1).toNanos();
  private static final long CONGESTION_NANOS_MAX = Duration.ofSeconds(60).toNanos();
  private static final int DOUBLINGS_MAX = 6;
  private static final int JITTER_PART = 20;
  private static final long JITTER_NANOS_MIN = Duration.ofMillis(100).toNanos();
  private static final long JITTER_NANOS_MAX = Duration.ofSeconds(5).toNanos();

  private final RandomGenerator random;
  private long until = Long.MIN_VALUE;
  private int congestions;

  Pause(RandomGenerator random) {
    this.random = random;
  }

  long until() {
    return until;
  }

  /// The endpoint names a wait; one that is not positive is none.
  void ask(long wait, long now) {
    if (wait > 0) {
      long jitter = Math.clamp(wait / JITTER_PART, JITTER_NANOS_MIN, JITTER_NANOS_MAX);
      until = Math.max(until, now + wait + random.nextLong(jitter));
    }
  }

  /// The endpoint names no wait for too much.
  void congested(long now) {
    long wait =
        Math.min(
            CONGESTION_NANOS_MAX, CONGESTION_NANOS_MIN << Math.min(congestions, DOUBLINGS_MAX));
    congestions++;
    until = Math.max(until, now + wait / 2 + random.nextLong(wait / 2));
  }

  void succeeded() {
    congestions = 0;
  }
}
