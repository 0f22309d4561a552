package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTest {

  /// Critical values of the distribution, as tables have them.
  @ParameterizedTest
  @CsvSource({
    "1, 3.841459, 0.05",
    "1, 6.634897, 0.01",
    "2, 5.991465, 0.05",
    "3, 0.114832, 0.99",
    "3, 7.814728, 0.05",
    "3, 11.344867, 0.01",
    "3, 16.266236, 0.001",
    "4, 9.487729, 0.05",
    "5, 11.070498, 0.05",
    "9, 16.918978, 0.05"
  })
  void tailsAreThoseOfTables(int degreesOfFreedom, double statistic, double probability) {
    assertThat(ChiSquare.upperTail(statistic, degreesOfFreedom))
        .isEqualTo(probability, within(1e-6));
  }

  @Test
  void evenCountsAreCertain() {
    assertThat(ChiSquare.probability(new long[] {25, 25, 25, 25})).isEqualTo(1);
    assertThat(ChiSquare.probability(new long[] {0, 0, 0, 0})).isEqualTo(1);
  }

  @Test
  void farTailsDoNotTurnNegative() {
    assertThat(ChiSquare.probability(new long[] {1_000_000, 0, 0, 0})).isBetween(0.0, 1e-300);
  }
}
