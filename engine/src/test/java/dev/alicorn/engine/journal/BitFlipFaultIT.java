package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A flipped bit anywhere in what is used of a journal is noticed, or changes no fact. `bench/run
/// bitflip` flips a million.
class BitFlipFaultIT {
  private static final int FLIPS = 10_000;
  private static final long SEED = 71;

  @Test
  void isNoticedOrHarmless() throws Exception {
    Path scratch = PowerCutHistory.scratch();
    BitFlipTally tally = BitFlips.run(SEED, FLIPS, scratch);
    Files.delete(scratch);
    assertThat(tally.violations()).isEmpty();
    assertThat(tally.total().flips()).isEqualTo(FLIPS);
    assertThat(tally.total().torn()).as("%s", tally).isPositive();
    for (BitFlipTally.Region guarded :
        new BitFlipTally.Region[] {
          BitFlipTally.Region.LENGTH_WORD,
          BitFlipTally.Region.ENVELOPE,
          BitFlipTally.Region.PAYLOAD,
          BitFlipTally.Region.MARKER
        }) {
      assertThat(tally.of(guarded).harmless()).as("%s: %s", guarded, tally).isZero();
      assertThat(tally.of(guarded).corrupt()).as("%s: %s", guarded, tally).isPositive();
    }
    assertThat(tally.of(BitFlipTally.Region.CHRONICLE_DOCUMENT).harmless()).isPositive();
  }
}
