package dev.alicorn.engine.llm;

import java.time.Duration;

/// A limit on what a minute may hold, of requests or of tokens.
///
/// Two bounds together. The sum over the last 60 s, whenever they begin, never passes the limit.
/// And a token bucket spreads the calls: it fills at 102 % of the limit, so that the sum alone
/// decides how much of a minute is used, and holds half a second's worth (one request at least),
/// which is all that may go at once. An amount above that is let through by a full bucket, which
/// then owes the rest.
final class RateLimit {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int SLOTS = 600;
  private static final double SPREAD = 1.02;
  private static final double BURST_OF_MINUTE = 0.5 / 60;

  private final RollingSum minute = new RollingSum(MINUTE, SLOTS);
  private long perMinute;
  private double burst;
  private double perNano;
  private double level;
  private long levelAt;

  RateLimit(long perMinute, long now) {
    set(perMinute);
    level = burst;
    levelAt = now;
  }

  /// What the last minute holds, and at most a slot of it more.
  long used(long now) {
    return minute.sum(now);
  }

  /// Another limit from now on.
  void set(long perMinute) {
    this.perMinute = perMinute;
    perNano = SPREAD * perMinute / MINUTE.toNanos();
    burst = Math.max(1, perMinute * BURST_OF_MINUTE);
  }

  /// The time, from now on, at which an amount fits if nothing else is taken.
  long whenFits(long amount, long now) {
    refill(now);
    double missing = Math.min((double) amount, burst) - level;
    long spread = missing <= 0 ? now : now + (long) Math.ceil(missing / perNano);
    return Math.max(spread, minute.whenAtMost(perMinute - Math.min(amount, perMinute), now));
  }

  /// Takes an amount; returns the slot to settle it by.
  long take(long amount, long now) {
    refill(now);
    level -= amount;
    return minute.add(amount, now);
  }

  /// Puts what an amount turned out to be in the place of what was taken.
  void settle(long slot, long taken, long actual, long now) {
    refill(now);
    level = Math.min(burst, level + taken - actual);
    minute.correct(slot, actual - taken, now);
  }

  private void refill(long now) {
    level = Math.min(burst, level + (now - levelAt) * perNano);
    levelAt = now;
  }
}
