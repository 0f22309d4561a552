package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Caps against an endpoint that fails: failed calls and unusable replies are counted, and calls
/// never pass their cap.
class BudgetFaultIT {
  private static final int SEEDS = 60;
  private static final int IN_FLIGHT_MAX = 4;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"calls = 25", "tokens = 9k", "money = 0.002"})
  void theRunPausesAtItsCap(String cap) throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.mix("500=0.05,cut=0.05,null=0.1", 3))
            .start()) {
      TestJob job =
          BENCH
              .job(folder, endpoint)
              .ofSeeds(SEEDS)
              .inFlight(IN_FLIGHT_MAX)
              .with("budget { " + cap + " }");

      JobEnd.Paused paused = job.paused();
      assertThat(paused.reason()).isEqualTo(PauseReason.BUDGET);
      assertThat(paused.detail()).contains("budget." + cap.substring(0, cap.indexOf(' ')));
      long requests = endpoint.ledger().requests();
      assertThat(requests).isBetween(15L, 40L);
      if (cap.startsWith("calls")) {
        assertThat(requests).isEqualTo(25);
      }
      assertThat(job.paused().bill().calls())
          .as("a run without money calls nobody")
          .isEqualTo(requests);

      assertThat(
              job.with("").completed().dataset().captions().values().stream()
                  .mapToLong(n -> n)
                  .sum())
          .isEqualTo(SEEDS);
      assertThat(endpoint.ledger().calls().values()).allMatch(call -> call.requests() <= 6);
    }
  }
}
