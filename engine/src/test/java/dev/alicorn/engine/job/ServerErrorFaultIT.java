package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// 5xx and their like, single ones and a storm of five minutes; the endpoint is real, and its pool
/// goes by virtual time.
class ServerErrorFaultIT {
  private static final Duration STORM = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int RETRIES_MIN = 10;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  /// A request as the endpoint saw it, on virtual time.
  private record Seen(Duration at, boolean retry, boolean served) {}

  @Test
  void oneErrorIsTriedAgain() throws Exception {
    List<FaultPlan> plans =
        Stream.of(408, 409, 425, 500, 502, 503, 504, 529)
            .map(status -> FaultPlan.onAttempts(Fault.status(status)))
            .toList();
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted().suffering(FaultPlan.byKey(plans)).start()) {
      assertThat(BENCH.job(folder, endpoint).ofSeeds(9).on(time).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 9L));
      assertThat(endpoint.ledger().requests()).isEqualTo(9 + 8);
    }
  }

  @Test
  void aRowIsTriedSixTimes() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted()
                .suffering(FaultPlan.always(Fault.status(500)).onFirstKeys(1))
                .start()) {
      assertThat(BENCH.job(folder, endpoint).on(time).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 5L, "failed(server_error)", 1L));
      assertThat(endpoint.ledger().requests()).isEqualTo(5 + 6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 529})
  void aStormOfFiveMinutesCostsFewCallsAndNoRow(int status) throws Exception {
    int seeds = 400;
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      Queue<Seen> seen = new ConcurrentLinkedQueue<>();
      endpoint.suffers((_, attempt) -> {
        boolean storm = seen.size() >= 100 && time.now().compareTo(STORM) < 0;
        seen.add(new Seen(time.now(), attempt > 0, !storm));
        return storm ? Optional.of(Fault.status(status)) : Optional.empty();
      });

      JobEnd.Completed end =
          BENCH
              .job(folder, endpoint)
              .ofSeeds(seeds)
              .inFlight(32)
              .givingUpAfter(Duration.ofMinutes(10))
              .on(time)
              .completed();

      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", (long) seeds));
      assertThat(seen.stream().filter(call -> !call.served()).count())
          .as("calls into the storm")
          .isLessThan(150);
      assertThat(servedBy(seen, STORM.plus(MINUTE)))
          .as("a minute after the storm all goes on")
          .isGreaterThan(seeds * 9L / 10);
      assertRetriesWithinBudget(List.copyOf(seen));
    }
  }

  @Test
  void aStormThatDoesNotEndPausesTheRun() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted()
                .suffering(FaultPlan.always(Fault.status(503)).afterFirstKeys(20))
                .start()) {
      TestJob job =
          BENCH
              .job(folder, endpoint)
              .ofSeeds(100)
              .inFlight(16)
              .givingUpAfter(Duration.ofMinutes(2))
              .on(time);

      JobEnd.Paused paused = job.paused();
      assertThat(paused.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(paused.detail())
          .contains(
              "endpoint scripted", "nothing but failures for 1", "server_error 503", "resume");
      assertThat(time.now()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
      assertThat(paused.progress().captionsLost()).isLessThanOrEqualTo(1);

      endpoint.suffers(FaultPlan.NONE);
      assertThat(job.completed().dataset().captions())
          .containsEntry("exported", 100 - paused.progress().captionsLost());
    }
  }

  @Test
  void aSecondQuestionAfterABadAnswerIsNoRetry() throws Exception {
    try (VirtualTime stopped = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted().suffering(FaultPlan.mix("pairs=0.5", 7)).start()) {
      JobEnd.Completed end =
          BENCH
              .job(folder, endpoint)
              .ofSeeds(80)
              .withSteps(
                  "instruct { endpoint = scripted, tasks { question_answering = 40 } }\n"
                      + "embed { encoder = none }")
              .on(stopped)
              .completed();

      assertThat(end.dataset().samples()).containsEntry("exported", 40L);
      assertThat(Accounts.facts(folder.resolve("job/journal")))
          .filteredOn(fact -> fact instanceof LlmReplied reply && reply.ask() == 1)
          .hasSizeGreaterThan(RETRIES_MIN);
      assertThat(stopped.nanos()).as("nobody waited for the budget of retries").isZero();
    }
  }

  private static long servedBy(Queue<Seen> seen, Duration time) {
    return seen.stream().filter(call -> call.served() && call.at().compareTo(time) <= 0).count();
  }

  /// In any minute: a tenth of its calls, or ten.
  private static void assertRetriesWithinBudget(List<Seen> seen) {
    for (Seen last : seen) {
      List<Seen> minute =
          seen.stream()
              .filter(call ->
                  call.at().compareTo(last.at()) <= 0
                      && call.at().compareTo(last.at().minus(MINUTE)) > 0)
              .toList();
      assertThat(minute.stream().filter(Seen::retry).count())
          .as("retries in the minute up to %s", last.at())
          .isLessThanOrEqualTo(Math.max(RETRIES_MIN, minute.size() / 10));
    }
  }
}
