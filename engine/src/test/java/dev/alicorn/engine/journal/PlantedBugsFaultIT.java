package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The power-cut simulator and the flipped bits see the bugs that they are there for.
class PlantedBugsFaultIT {
  private static final long FIRST_SEED = 81;

  /// The most, until a bug is seen; one of them takes about a thousand.
  private static final int IMAGES = 10_000;

  private static final int FLIPS = 200;

  private Path scratch = Path.of("");

  @BeforeEach
  void makeScratch() throws Exception {
    scratch = PowerCutHistory.scratch();
  }

  @AfterEach
  void deleteScratch() throws Exception {
    Scratch.delete(scratch);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHECKS_NO_CRC")
  void thePowerCutsSee(PlantedBug bug) throws Exception {
    assertThat(new PlantedJournal(bug).powerCutViolations(FIRST_SEED, IMAGES, scratch))
        .as("seed %d", FIRST_SEED)
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKS_NO_CRC", "LOOKS_NOT_BEHIND_THE_END"})
  void theFlippedBitsSee(PlantedBug bug) throws Exception {
    assertThat(new PlantedJournal(bug).bitFlipViolations(FIRST_SEED, FLIPS, scratch))
        .as("seed %d", FIRST_SEED)
        .isNotEmpty();
  }

  @Test
  void neitherSeesABugThatIsNotThere() throws Exception {
    PlantedJournal sound = new PlantedJournal();
    assertThat(sound.powerCutViolations(FIRST_SEED, 40, scratch)).isEmpty();
    assertThat(sound.bitFlipViolations(FIRST_SEED, FLIPS, scratch)).isEmpty();
  }
}
