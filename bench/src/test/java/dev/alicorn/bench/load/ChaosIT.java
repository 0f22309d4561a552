package dev.alicorn.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chaos bench at a hundredth of its size.
class ChaosIT {
  private static final int CALLS = 10_000;
  private static final long SEED = 1;

  @TempDir private Path folder = Path.of("");

  @Test
  void paysForHardlyMoreThanIsNeededAndKnowsToTheTokenForWhat() throws Exception {
    FaultPlan faults =
        FaultPlan.storms(
            ChaosRun.STORMS, ChaosRun.STORM_REQUESTS, SEED, FaultPlan.mix(ChaosRun.FAULTS, SEED));
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().suffering(faults).start()) {
      ChaosFigures figures = ChaosRun.of(endpoint.url(), CALLS, folder);

      assertThat(figures.ledgersAgree()).as("seed %s: %s", SEED, figures).isTrue();
      assertThat(figures.faultyShare()).as("seed %s: %s", SEED, figures).isBetween(0.27, 0.33);
      assertThat(figures.amplification()).as("seed %s: %s", SEED, figures).isBetween(1.0, 1.1);
      assertThat(figures.lost()).as("seed %s: %s", SEED, figures).isZero();
      assertThat(figures.duplicates()).as("seed %s: %s", SEED, figures).isZero();
    }
  }
}
