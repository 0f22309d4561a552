package dev.alicorn.engine.llm;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Reads the limits out of response headers: `Retry-After` (seconds or a date), `retry-after-ms`,
/// and `x-ratelimit-{limit,remaining,reset}-{requests,tokens}`, whose resets are written as `20ms`,
/// `8.64s`, `6m0s` or plain seconds.
///
/// A header that makes no sense counts as absent, and so does a wait that is not positive.
final class LimitHeaders {
  private static final String RATE_LIMIT = "x-ratelimit-";
  private static final double SECONDS_MAX = Duration.ofDays(7).toSeconds();

  private Optional<Duration> retryAfter = Optional.empty();
  private final Draft requests = new Draft();
  private final Draft tokens = new Draft();

  private LimitHeaders() {}

  /// @param now for waits that are given as a date
  static LimitSignals read(Iterable<HttpHeader> headers, Instant now) {
    @Nullable LimitHeaders found = null;
    for (HttpHeader header : headers) {
      String name = header.lowercaseName();
      if (name.startsWith(RATE_LIMIT) || name.startsWith("retry-after")) {
        if (found == null) {
          found = new LimitHeaders();
        }
        found.take(name, header.value().strip(), now);
      }
    }
    return found == null
        ? LimitSignals.NONE
        : new LimitSignals(found.retryAfter, found.requests.done(), found.tokens.done());
  }

  private void take(String name, String value, Instant now) {
    switch (name) {
      case "retry-after" -> longer(value.endsWith("GMT") ? until(value, now) : duration(value));
      case "retry-after-ms" -> longer(duration(value + "ms"));
      case "x-ratelimit-limit-requests" -> requests.limit = number(value);
      case "x-ratelimit-remaining-requests" -> requests.remaining = number(value);
      case "x-ratelimit-reset-requests" -> requests.reset = duration(value);
      case "x-ratelimit-limit-tokens" -> tokens.limit = number(value);
      case "x-ratelimit-remaining-tokens" -> tokens.remaining = number(value);
      case "x-ratelimit-reset-tokens" -> tokens.reset = duration(value);
      default -> {}
    }
  }

  private void longer(Optional<Duration> wait) {
    boolean longer = wait.orElse(Duration.ZERO).compareTo(retryAfter.orElse(Duration.ZERO)) > 0;
    retryAfter = longer ? wait : retryAfter;
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Duration wait =
          Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
      return seconds(wait.getSeconds() + wait.getNano() / 1e9);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(String value) {
    try {
      return OptionalLong.of(Long.parseLong(value));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  /// `1h2m3.5s`, `20ms`, `7`.
  static Optional<Duration> duration(String value) {
    double seconds = 0;
    int at = 0;
    while (at < value.length()) {
      int numberEnd = at;
      while (numberEnd < value.length()
          && (Character.isDigit(value.charAt(numberEnd)) || value.charAt(numberEnd) == '.')) {
        numberEnd++;
      }
      int unitEnd = numberEnd;
      while (unitEnd < value.length() && Character.isLetter(value.charAt(unitEnd))) {
        unitEnd++;
      }
      double unit =
          switch (value.substring(numberEnd, unitEnd).toLowerCase(Locale.ROOT)) {
            case "", "s" -> 1;
            case "ms" -> 1e-3;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> Double.NaN;
          };
      if (numberEnd == at || Double.isNaN(unit)) {
        return Optional.empty();
      }
      try {
        seconds += unit * Double.parseDouble(value.substring(at, numberEnd));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
      at = unitEnd;
    }
    return seconds(seconds);
  }

  private static Optional<Duration> seconds(double seconds) {
    return seconds > 0
        ? Optional.of(Duration.ofNanos((long) Math.ceil(Math.min(seconds, SECONDS_MAX) * 1e9)))
        : Optional.empty();
  }

  /// A window while its headers come in.
  private static final class Draft {
    OptionalLong limit = OptionalLong.empty();
    OptionalLong remaining = OptionalLong.empty();
    Optional<Duration> reset = Optional.empty();

    Optional<LimitSignals.Window> done() {
      return limit.isPresent() || remaining.isPresent() || reset.isPresent()
          ? Optional.of(new LimitSignals.Window(limit, remaining, reset))
          : Optional.empty();
    }
  }
}
