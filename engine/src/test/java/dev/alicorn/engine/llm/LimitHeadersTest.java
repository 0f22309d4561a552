package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitHeadersTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "20ms, 20",
    "1s, 1000",
    "8.64s, 8640",
    "6m0s, 360000",
    "1h2m3s, 3723000",
    "7, 7000",
    "0.5, 500",
    "10h, 36000000"
  })
  void resetsAreReadInEveryNotation(String written, long millis) {
    assertThat(LimitHeaders.duration(written)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "soon", "1x", "s", "1.2.3", "0"})
  void nonsenseIsNoWait(String written) {
    assertThat(LimitHeaders.duration(written)).isEmpty();
  }

  @Test
  void anAbsurdWaitIsAWeek() {
    assertThat(LimitHeaders.duration("99999999999999999999")).contains(Duration.ofDays(7));
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 3, 3000",
    "retry-after-ms, 250, 250",
    "Retry-After, 'Mon, 05 Jan 2026 10:00:30 GMT', 30000"
  })
  void retryAfterComesInThreeForms(String name, String value, long millis) {
    assertThat(read(name, value).retryAfter()).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "Mon, 05 Jan 2026 09:00:00 GMT", "some GMT"})
  void aRetryAfterThatIsPastOrUnreadableIsNone(String value) {
    assertThat(read("Retry-After", value).retryAfter()).isEmpty();
  }

  @Test
  void theLongerOfTwoWaitsHolds() {
    assertThat(read("retry-after-ms", "4500", "Retry-After", "4").retryAfter())
        .contains(Duration.ofMillis(4500));
    assertThat(read("Retry-After", "5", "retry-after-ms", "4500").retryAfter())
        .contains(Duration.ofSeconds(5));
  }

  @Test
  void windowsAreReadTogether() {
    LimitSignals signals =
        read(
            "x-ratelimit-limit-requests", "500",
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "120ms",
            "x-ratelimit-limit-tokens", "200000");

    assertThat(signals.requests())
        .contains(
            new LimitSignals.Window(
                OptionalLong.of(500), OptionalLong.of(0), Optional.of(Duration.ofMillis(120))));
    assertThat(signals.tokens())
        .contains(
            new LimitSignals.Window(
                OptionalLong.of(200_000), OptionalLong.empty(), Optional.empty()));
  }

  @Test
  void inputAndOutputAreReadApart() {
    LimitSignals signals =
        read(
            "anthropic-ratelimit-requests-limit", "50",
            "anthropic-ratelimit-requests-remaining", "49",
            "anthropic-ratelimit-requests-reset", "2026-01-05T10:00:01.2Z",
            "anthropic-ratelimit-tokens-limit", "60000",
            "anthropic-ratelimit-input-tokens-limit", "50000",
            "anthropic-ratelimit-input-tokens-remaining", "0",
            "anthropic-ratelimit-input-tokens-reset", "2026-01-05T11:00:30+01:00",
            "anthropic-ratelimit-output-tokens-limit", "10000",
            "anthropic-ratelimit-output-tokens-reset", "2026-01-05T09:00:00Z",
            "anthropic-ratelimit-unheard-of", "7");

    assertThat(signals.requests())
        .contains(
            new LimitSignals.Window(
                OptionalLong.of(50), OptionalLong.of(49), Optional.of(Duration.ofMillis(1200))));
    assertThat(signals.tokens())
        .contains(
            new LimitSignals.Window(
                OptionalLong.of(60_000), OptionalLong.empty(), Optional.empty()));
    assertThat(signals.inputTokens())
        .contains(
            new LimitSignals.Window(
                OptionalLong.of(50_000), OptionalLong.of(0), Optional.of(Duration.ofSeconds(30))));
    assertThat(signals.outputTokens())
        .contains(
            new LimitSignals.Window(
                OptionalLong.of(10_000), OptionalLong.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-05T10:00", "Tomorrow", "2026-13-01T00:00:00Z"})
  void aMomentThatIsUnreadableIsNone(String value) {
    assertThat(read("anthropic-ratelimit-requests-reset", value).requests()).isEmpty();
  }

  @Test
  void otherHeadersSayNothing() {
    assertThat(read("Date", "Mon, 05 Jan 2026 10:00:30 GMT")).isSameAs(LimitSignals.NONE);
  }

  private static LimitSignals read(String... namesAndValues) {
    List<HttpHeader> headers = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(RawHeader.create(namesAndValues[i], namesAndValues[i + 1]));
    }
    return LimitHeaders.read(headers, NOW);
  }
}
