package dev.alicorn.engine.llm;

import dev.alicorn.engine.llm.EndpointSnapshot.Limit;
import dev.alicorn.engine.llm.EndpointSnapshot.Source;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A per-minute limit as the configuration or the endpoint's headers advertise it; the lower of the
/// two is in force, and none while neither names one. What is taken before is counted too.
final class AdvertisedLimit {
  private static final double MOST_OF_IT = 0.9;

  private final OptionalLong configured;
  private final double share;
  private final RateLimit rate;
  private @Nullable Limit inForce;

  /// @param share how much of what is advertised is used
  AdvertisedLimit(OptionalLong configured, double share, long now) {
    this.configured = configured;
    this.share = share;
    rate = new RateLimit(Long.MAX_VALUE, now);
    configured.ifPresent(limit -> set(limit, Source.CONFIG));
  }

  Optional<Limit> limit() {
    return Optional.ofNullable(inForce);
  }

  boolean present() {
    return inForce != null;
  }

  /// What the endpoint says of it.
  ///
  /// @param retryAfterToo whether the endpoint named a wait beside it, or none is needed since the
  ///   call went well
  /// @return nanoseconds until it is whole again, where somebody else has used it up; what we used
  ///   of it ourselves is known better than by a reset, and spaces our calls anyway
  long heed(LimitSignals.Window window, boolean retryAfterToo, long now) {
    if (window.limit().orElse(0) >= 1) {
      advertised(window.limit().getAsLong());
    }
    boolean byUs =
        inForce != null && rate.used(now) >= MOST_OF_IT * window.limit().orElse(inForce.value());
    return window.exhausted() && !(byUs && retryAfterToo)
        ? window.reset().map(wait -> wait.toNanos()).orElse(0L)
        : 0;
  }

  private void advertised(long limit) {
    if (configured.isPresent() && configured.getAsLong() <= limit) {
      set(configured.getAsLong(), Source.CONFIG);
    } else {
      set(limit, Source.HEADER);
    }
  }

  long whenFits(long amount, long now) {
    return inForce == null ? now : rate.whenFits(amount, now);
  }

  /// Takes an amount; returns the slot to settle it by.
  long take(long amount, long now) {
    return rate.take(amount, now);
  }

  void settle(long slot, long taken, long actual, long now) {
    if (taken != actual) {
      rate.settle(slot, taken, actual, now);
    }
  }

  private void set(long limit, Source source) {
    if (inForce == null || inForce.value() != limit) {
      inForce = new Limit(limit, source);
      rate.set(Math.max(1, (long) (limit * share)));
    }
  }
}
