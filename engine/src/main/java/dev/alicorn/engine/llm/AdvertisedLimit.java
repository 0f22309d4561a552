package dev.alicorn.engine.llm;

import dev.alicorn.engine.llm.EndpointSnapshot.Limit;
import dev.alicorn.engine.llm.EndpointSnapshot.Source;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A per-minute limit as the configuration or the endpoint's headers advertise it; the lower of the
/// two is in force, and none while neither names one.
final class AdvertisedLimit {
  private final OptionalLong configured;
  private final double share;
  private @Nullable RateLimit rate;
  private Limit inForce = new Limit(Long.MAX_VALUE, Source.CONFIG);

  /// @param share how much of what is advertised is used
  AdvertisedLimit(OptionalLong configured, double share, long now) {
    this.configured = configured;
    this.share = share;
    configured.ifPresent(limit -> set(limit, Source.CONFIG, now));
  }

  Optional<Limit> limit() {
    return rate == null ? Optional.empty() : Optional.of(inForce);
  }

  boolean present() {
    return rate != null;
  }

  /// The endpoint names its limit.
  void advertised(long limit, long now) {
    if (limit < 1) {
      return;
    }
    if (configured.isPresent() && configured.getAsLong() <= limit) {
      set(configured.getAsLong(), Source.CONFIG, now);
    } else {
      set(limit, Source.HEADER, now);
    }
  }

  long whenFits(long amount, long now) {
    return rate == null ? now : rate.whenFits(amount, now);
  }

  /// Takes an amount; returns the slot to settle it by.
  long take(long amount, long now) {
    return rate == null ? Long.MIN_VALUE : rate.take(amount, now);
  }

  void settle(long slot, long taken, long actual, long now) {
    if (rate != null && slot != Long.MIN_VALUE && taken != actual) {
      rate.settle(slot, taken, actual, now);
    }
  }

  private void set(long limit, Source source, long now) {
    if (rate != null && inForce.value() == limit) {
      return;
    }
    inForce = new Limit(limit, source);
    long used = Math.max(1, (long) (limit * share));
    if (rate == null) {
      rate = new RateLimit(used, now);
    } else {
      rate.set(used);
    }
  }
}
