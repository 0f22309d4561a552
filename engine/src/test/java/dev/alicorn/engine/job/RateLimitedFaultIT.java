package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.llm.WaitReason;
import dev.alicorn.engine.scripted.CallLedger.Arrival;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// 429, with every way to name a wait and with none: the wait is kept, and costs no row anything.
class RateLimitedFaultIT {
  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  static Stream<Arguments> waits() {
    return Stream.of(
        Arguments.of(Fault.rateLimited("Retry-After", "1"), 1000),
        Arguments.of(Fault.rateLimited("retry-after-ms", "350"), 350),
        Arguments.of(
            new Fault.Status(
                429,
                "{}",
                Map.of(
                    "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "400ms")),
            400),
        Arguments.of(new Fault.Status(503, "{}", Map.of("Retry-After", "1")), 1000));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void noRequestComesBeforeTheWaitIsOver(Fault fault, long millis) throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.onAttempts(fault).onFirstKeys(1)).start()) {
      JobEnd.Completed end = BENCH.job(folder, endpoint).inFlight(1).completed();

      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", 6L));
      assertThat(endpoint.ledger().requests()).isEqualTo(7);
      assertThat(gap(endpoint)).isGreaterThanOrEqualTo(Duration.ofMillis(millis));
    }
  }

  @Test
  void aDateIsWaitedFor() throws Exception {
    AtomicReference<Duration> wait = new AtomicReference<>();
    FaultPlan untilADate =
        (key, attempt) -> {
          Instant now = Instant.now();
          Instant date = now.plusMillis(1500).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
          wait.compareAndSet(null, Duration.between(now, date));
          return FaultPlan.onAttempts(
                  Fault.rateLimited(
                      "Retry-After",
                      DateTimeFormatter.RFC_1123_DATE_TIME
                          .withZone(ZoneOffset.UTC)
                          .format(date)
                          .replace("Z", "GMT")))
              .faultOf(key, attempt);
        };
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(untilADate.onFirstKeys(1)).start()) {
      assertThat(BENCH.job(folder, endpoint).inFlight(1).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 6L));
      assertThat(gap(endpoint)).isGreaterThanOrEqualTo(wait.get());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "soon"})
  void aWaitThatMakesNoSenseIsOurOwn(String value) throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted()
                .suffering(
                    FaultPlan.onAttempts(Fault.rateLimited("Retry-After", value)).onFirstKeys(1))
                .start()) {
      TestRun run = BENCH.job(folder, endpoint).inFlight(1).on(time).start();

      run.untilHeld();
      time.pass(Duration.ofMillis(499));
      assertThat(run.look().inFlight()).isZero();
      assertThat(endpoint.ledger().requests()).as("half a second at least").isEqualTo(1);
      assertThat(run.end()).isInstanceOf(JobEnd.Completed.class);
      assertThat(time.now()).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void noNumberOfRefusalsCostsTheRow() throws Exception {
    Fault[] nine = new Fault[9];
    Arrays.fill(nine, new Fault.Status(429, "slow down", Map.of()));
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted()
                .suffering(FaultPlan.onAttempts(nine).onFirstKeys(1))
                .start()) {
      JobEnd.Completed end = BENCH.job(folder, endpoint).inFlight(1).on(time).completed();

      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", 6L));
      assertThat(endpoint.ledger().requests()).isEqualTo(6 + 9);
    }
  }

  @Test
  void tenHoursAreWaitedForAndAnInterruptDoesNotWait() throws Exception {
    Duration tenHours = Duration.ofHours(10);
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted()
                .suffering(
                    FaultPlan.onAttempts(
                            Fault.rateLimited("Retry-After", Long.toString(tenHours.toSeconds())))
                        .onFirstKeys(2))
                .start()) {
      TestJob job = BENCH.job(folder, endpoint).inFlight(1).on(time);
      TestRun run = job.start();
      assertThat(run.untilHeld().waitsFor()).contains(WaitReason.RETRY_AFTER);
      run.pause();
      assertThat(((JobEnd.Paused) run.end()).reason()).isEqualTo(PauseReason.USER);
      assertThat(endpoint.ledger().requests()).isEqualTo(1);

      run = job.start();
      run.untilHeld();
      assertThat(endpoint.ledger().requests()).isEqualTo(3);
      time.pass(tenHours.minusSeconds(1));
      assertThat(run.look().waitsFor()).contains(WaitReason.RETRY_AFTER);
      assertThat(endpoint.ledger().requests()).isEqualTo(3);
      assertThat(((JobEnd.Completed) run.end()).dataset().captions())
          .isEqualTo(Map.of("exported", 6L));
    }
  }

  /// Between the first request and the second, by the endpoint's clock.
  private static Duration gap(ScriptedEndpoint endpoint) {
    List<Arrival> arrivals = endpoint.ledger().arrivals();
    return arrivals.get(1).at().minus(arrivals.get(0).at());
  }
}
