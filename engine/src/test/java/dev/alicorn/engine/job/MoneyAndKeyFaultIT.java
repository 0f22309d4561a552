package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers that no repetition helps against, money and keys: the run pauses at the first and says
/// what to mend, no row is failed, and the same job goes on when it is mended.
class MoneyAndKeyFaultIT {
  private static final int SEEDS = 30;
  private static final int SERVED = 12;
  private static final int IN_FLIGHT_MAX = 4;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(Fault.outOfMoney(), "out_of_money 429", "money or quota"),
        Arguments.of(Fault.status(402), "out_of_money 402", "money or quota"),
        Arguments.of(Fault.status(401), "unauthorized 401", "endpoints.scripted.key"),
        Arguments.of(Fault.status(403), "unauthorized 403", "endpoints.scripted.key"),
        Arguments.of(Fault.status(404), "not_found 404", "endpoints.scripted.model"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void theRunPausesAndGoesOnWhenItIsMended(Fault fault, String what, String mend) throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.always(fault).afterFirstKeys(SERVED))
            .start()) {
      TestJob job = BENCH.job(folder, endpoint).ofSeeds(SEEDS).inFlight(IN_FLIGHT_MAX);

      JobEnd.Paused paused = job.paused();
      assertThat(paused.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(paused.detail()).contains("endpoint scripted", what, mend, "resume");
      assertThat(paused.progress().captionsLost()).isZero();
      assertThat(paused.progress().captionsAccepted()).isEqualTo(SERVED);
      assertThat(endpoint.ledger().calls().values())
          .as("nothing is tried again")
          .allMatch(call -> call.requests() == 1);
      long refused = endpoint.ledger().requests() - SERVED;
      assertThat(refused).isBetween(1L, (long) IN_FLIGHT_MAX);

      endpoint.suffers(FaultPlan.NONE);
      assertThat(job.completed().dataset().captions()).isEqualTo(Map.of("exported", (long) SEEDS));
      assertThat(endpoint.ledger().completions()).as("nothing is paid for twice").isEqualTo(SEEDS);
      assertThat(endpoint.ledger().requests()).isEqualTo(SEEDS + refused);
    }
  }

  @Test
  void itPausesAgainWhereNothingWasMended() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.always(Fault.outOfMoney())).start()) {
      TestJob job = BENCH.job(folder, endpoint).inFlight(1);

      for (int run = 1; run <= 4; run++) {
        assertThat(job.paused().progress().captionsLost()).isZero();
        assertThat(endpoint.ledger().requests()).as("one call a run").isEqualTo(run);
      }
    }
  }
}
