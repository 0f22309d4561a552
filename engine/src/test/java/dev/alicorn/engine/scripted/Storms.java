package dev.alicorn.engine.scripted;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Faults that come in storms, as rate limits do, over others that come one by one: each run of so
/// many requests suffers a fault with its share, as a whole. A storm passes after a second all the
/// same, or the last few callers would sit in it for hours.
final class Storms implements FaultPlan {
  private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();

  private final FaultPlan storms;
  private final int requests;
  private final FaultPlan between;
  private final LongSupplier clock;
  private Optional<Fault> storm = Optional.empty();
  private long beganNanos;
  private int run;
  private int arrived;

  Storms(FaultPlan storms, int requests, FaultPlan between, LongSupplier clock) {
    this.storms = storms;
    this.requests = requests;
    this.between = between;
    this.clock = clock;
  }

  @Override
  public Optional<Fault> faultOf(String key, int attempt) {
    return storm().or(() -> between.faultOf(key, attempt));
  }

  private synchronized Optional<Fault> storm() {
    long now = clock.getAsLong();
    boolean over = storm.isPresent() && now - beganNanos >= LONGEST_NANOS;
    if (arrived == 0 || over) {
      storm = storms.faultOf("storm", run++);
      beganNanos = now;
      arrived = 0;
    }
    arrived = (arrived + 1) % requests;
    return storm;
  }
}
