package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What a power cut leaves: of the 4 KiB pages, lengths and names written since their last barrier,
/// some are on the disk and some are not, in any combination. `bench/run powercut` makes more.
class PowerCutFaultIT {
  private static final int IMAGES = 200;
  private static final long FIRST_SEED = 61;

  @Test
  void losesNothingDurableAndInventsNothing() throws Exception {
    Path scratch = PowerCutHistory.scratch();
    PowerCutTally tally = PowerCutHistory.images(FIRST_SEED, IMAGES, scratch);
    Files.delete(scratch);
    assertThat(tally.violations()).isEmpty();
    assertThat(tally.images()).as("%s", tally).isGreaterThan(IMAGES / 2);
    assertThat(tally.tornTails()).as("%s", tally).isPositive();
    assertThat(tally.kills()).as("%s", tally).isPositive();
    assertThat(tally.lies().harmless()).as("%s", tally).isPositive();
    assertThat(tally.lies().detected()).as("%s", tally).isPositive();
  }
}
