package dev.alicorn.engine.scripted;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A rate limit that an endpoint holds its callers to: so many requests, and so many tokens, within
/// any 60 s by its own clock. Every arrival in the window is remembered, so it is exact.
///
/// A request that is refused counts for nothing; a served one counts with the tokens it was billed.
final class AdvertisedRate {
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final long requestsPerMinute;
  private final long tokensPerMinute;
  private final Deque<Served> window = new ArrayDeque<>();
  private long tokens;

  private record Served(long atNanos, long tokens) {}

  AdvertisedRate(long requestsPerMinute, long tokensPerMinute) {
    this.requestsPerMinute = requestsPerMinute;
    this.tokensPerMinute = tokensPerMinute;
  }

  /// Lets a request in, or says how long it has to wait.
  synchronized Optional<Duration> admit(long billed, long nowNanos) {
    while (!window.isEmpty() && nowNanos - window.peek().atNanos() >= MINUTE_NANOS) {
      tokens -= window.remove().tokens();
    }
    if (window.size() >= requestsPerMinute
        || (!window.isEmpty() && tokens + billed > tokensPerMinute)) {
      return Optional.of(Duration.ofNanos(MINUTE_NANOS - (nowNanos - window.element().atNanos())));
    }
    window.add(new Served(nowNanos, billed));
    tokens += billed;
    return Optional.empty();
  }

  /// The limits as headers, by name.
  synchronized Map<String, String> headers(long nowNanos) {
    Map<String, String> headers = new LinkedHashMap<>();
    long whole = window.isEmpty() ? 0 : MINUTE_NANOS - (nowNanos - window.getLast().atNanos());
    put(headers, "requests", requestsPerMinute, window.size(), whole);
    put(headers, "tokens", tokensPerMinute, tokens, whole);
    return headers;
  }

  private static void put(
      Map<String, String> headers, String what, long limit, long used, long wholeInNanos) {
    if (limit != Long.MAX_VALUE) {
      headers.put("x-ratelimit-limit-" + what, Long.toString(limit));
      headers.put("x-ratelimit-remaining-" + what, Long.toString(Math.max(0, limit - used)));
      headers.put("x-ratelimit-reset-" + what, Duration.ofNanos(wholeInNanos).toMillis() + "ms");
    }
  }
}
