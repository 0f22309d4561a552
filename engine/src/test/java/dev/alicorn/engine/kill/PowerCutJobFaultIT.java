package dev.alicorn.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.journal.PowerCutHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Quick starts whose machine loses its power several times, each time with some of the pages,
/// lengths and names on the disk that were written since their last barrier: each goes on with what
/// is left, loses nothing acknowledged, repeats what P3 allows and ends with the dataset of a run
/// that nobody disturbed. `bench/run powercut` runs more.
class PowerCutJobFaultIT {
  private static final int JOBS = 20;

  @Test
  void aQuickStartSurvivesPowerCuts() throws Exception {
    long seed = System.nanoTime();
    Path scratch = PowerCutHistory.scratch();

    PowerCutFigures figures = QuickStartPowerCuts.jobs(seed, JOBS, scratch);

    Files.delete(scratch);
    KillFigures costs = figures.costs();
    assertThat(costs.good()).as("seed %d: %s", seed, figures).isTrue();
    assertThat(costs.jobs()).as("seed %d: %s", seed, figures).isEqualTo(JOBS);
    assertThat(costs.kills()).as("seed %d: %s", seed, figures).isGreaterThan(2 * JOBS);
    assertThat(costs.inRecovery()).as("seed %d: %s", seed, figures).isPositive();
    assertThat(costs.repeats()).as("seed %d: %s", seed, figures).isPositive();
    assertThat(figures.inExport()).as("seed %d: %s", seed, figures).isPositive();
  }
}
