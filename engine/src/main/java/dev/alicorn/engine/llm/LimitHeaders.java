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
/// `x-ratelimit-{limit,remaining,reset}-KIND` as OpenAI and those that follow it write them, and
/// `anthropic-ratelimit-KIND-{limit,remaining,reset}`. KIND is `requests`, `tokens`, `input-tokens`
/// or `output-tokens`; resets are written as `20ms`, `8.64s`, `6m0s`, plain seconds, or as a moment
/// in the form of RFC 3339.
///
/// A header that makes no sense counts as absent, and so does a wait that is not positive.
final class LimitHeaders {
  private static final String OPENAI = "x-ratelimit-";
  private static final String ANTHROPIC = "anthropic-ratelimit-";
  private static final double SECONDS_MAX = Duration.ofDays(7).toSeconds();

  private Optional<Duration> retryAfter = Optional.empty();
  private final Draft requests = new Draft();
  private final Draft tokens = new Draft();
  private final Draft inputTokens = new Draft();
  private final Draft outputTokens = new Draft();

  private LimitHeaders() {}

  /// @param now for waits that are given as a moment
  static LimitSignals read(Iterable<HttpHeader> headers, Instant now) {
    @Nullable LimitHeaders found = null;
    for (HttpHeader header : headers) {
      String name = header.lowercaseName();
      if (name.startsWith(OPENAI) || name.startsWith(ANTHROPIC) || name.startsWith("retry-after")) {
        if (found == null) {
          found = new LimitHeaders();
        }
        found.take(name, header.value().strip(), now);
      }
    }
    return found == null
        ? LimitSignals.NONE
        : new LimitSignals(
            found.retryAfter,
            found.requests.done(),
            found.tokens.done(),
            found.inputTokens.done(),
            found.outputTokens.done());
  }

  private void take(String name, String value, Instant now) {
    if (name.startsWith(OPENAI)) {
      int kind = name.indexOf('-', OPENAI.length());
      if (kind > 0) {
        window(name.substring(kind + 1), name.substring(OPENAI.length(), kind), value, now);
      }
    } else if (name.startsWith(ANTHROPIC)) {
      int property = name.lastIndexOf('-');
      if (property > ANTHROPIC.length()) {
        String kind = name.substring(ANTHROPIC.length(), property);
        window(kind, name.substring(property + 1), value, now);
      }
    } else if (name.equals("retry-after")) {
      longer(value.endsWith("GMT") ? untilDate(value, now) : duration(value));
    } else if (name.equals("retry-after-ms")) {
      longer(duration(value + "ms"));
    }
  }

  private void window(String kind, String property, String value, Instant now) {
    Optional<Draft> window =
        switch (kind) {
          case "requests" -> Optional.of(requests);
          case "tokens" -> Optional.of(tokens);
          case "input-tokens" -> Optional.of(inputTokens);
          case "output-tokens" -> Optional.of(outputTokens);
          default -> Optional.empty();
        };
    window.ifPresent(draft -> draft.take(property, value, now));
  }

  private void longer(Optional<Duration> wait) {
    boolean longer = wait.orElse(Duration.ZERO).compareTo(retryAfter.orElse(Duration.ZERO)) > 0;
    retryAfter = longer ? wait : retryAfter;
  }

  private static Optional<Duration> untilDate(String date, Instant now) {
    try {
      return until(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from), now);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> reset(String value, Instant now) {
    if (value.indexOf('T') < 0) {
      return duration(value);
    }
    try {
      return until(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(value, Instant::from), now);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> until(Instant moment, Instant now) {
    Duration wait = Duration.between(now, moment);
    return seconds(wait.getSeconds() + wait.getNano() / 1e9);
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

    void take(String property, String value, Instant now) {
      switch (property) {
        case "limit" -> limit = number(value);
        case "remaining" -> remaining = number(value);
        case "reset" -> reset = LimitHeaders.reset(value, now);
        default -> {}
      }
    }

    Optional<LimitSignals.Window> done() {
      return limit.isPresent() || remaining.isPresent() || reset.isPresent()
          ? Optional.of(new LimitSignals.Window(limit, remaining, reset))
          : Optional.empty();
    }
  }
}
