package dev.alicorn.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JobSpec.Transfer.Method;
import dev.alicorn.protocol.RecordId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TransferMethodTest {
  private static final List<Embedding> TEXT = TestVectors.text();
  private static final CorpusMean MEAN = TestVectors.mean(TEXT);
  private static final RecordId ONE = new RecordId(1);

  private static TransferMethod fit(Method method, boolean normalise) {
    return TestVectors.fit(
        new JobSpec.Transfer(method, normalise),
        TestVectors.DIMENSION,
        TEXT.stream().map(TestVectors::unit).toList());
  }

  private static void assertUlp(Embedding actual, double... expected) {
    for (int j = 0; j < expected.length; j++) {
      assertThat(actual.get(j))
          .as("[%d]", j)
          .isCloseTo((float) expected[j], within(Math.ulp((float) expected[j])));
    }
  }

  @Test
  void generatorGivesTheKnownRows() {
    assertUlp(TEXT.getFirst(), 0.673209131, 0.009407401, 0.148359358, -0.117136657);
  }

  @Test
  void meanIsTheKnownOne() {
    double[] mean = MEAN.mean();
    float[] rounded = new float[mean.length];
    for (int j = 0; j < mean.length; j++) {
      rounded[j] = (float) mean[j];
    }
    assertUlp(Embedding.wrap(rounded), 0.653882921, 0.005256668, 0.099136993, -0.110722363);
  }

  @Test
  void meanShiftWithoutNormalisingGivesTheKnownRow() {
    assertUlp(
        fit(Method.MEAN_SHIFT, false).move(ONE, TestVectors.unit(TEXT.getFirst())),
        0.114263564,
        0.005477385,
        0.07014432,
        -0.022933157);
  }

  @Test
  void meanShiftGivesTheKnownRowAndSum() {
    TransferMethod shift = fit(Method.MEAN_SHIFT, true);
    assertUlp(
        shift.move(ONE, TestVectors.unit(TEXT.getFirst())),
        0.171631783,
        0.008227412,
        0.105361626,
        -0.034447189);
    double sum = 0;
    for (Embedding row : TEXT) {
      Embedding moved = shift.move(ONE, TestVectors.unit(row));
      for (int j = 0; j < moved.dimension(); j++) {
        sum += moved.get(j);
      }
    }
    assertThat(sum).isCloseTo(0.05627496, within(1e-8));
  }

  @Test
  void distanceMovedFollowsFromTheCosine() {
    TransferMethod shift = fit(Method.MEAN_SHIFT, true);
    for (Embedding raw : TEXT) {
      UnitVector row = TestVectors.unit(raw);
      Embedding moved = shift.move(ONE, row);
      double cosine = 0;
      double distance = 0;
      for (int j = 0; j < moved.dimension(); j++) {
        cosine += row.get(j) * moved.get(j);
        distance += Math.pow(row.get(j) - moved.get(j), 2);
      }
      assertThat(distance).isCloseTo(2 - 2 * cosine, within(1e-6));
    }
  }

  @Test
  void unnormalisedShiftedRowsHaveNoMeanLeft() {
    TransferMethod shift = fit(Method.MEAN_SHIFT, false);
    double[] sum = new double[TestVectors.DIMENSION];
    for (Embedding row : TEXT) {
      Embedding moved = shift.move(ONE, TestVectors.unit(row));
      for (int j = 0; j < sum.length; j++) {
        sum[j] += moved.get(j);
      }
    }
    assertThat(Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum())).isLessThan(1e-5);
  }

  @Test
  void noTransferOnlyNormalises() {
    Embedding moved =
        fit(Method.NONE, true)
            .move(ONE, TestVectors.unit(Embedding.wrap(new float[] {3, 0, -4, 0, 0, 0, 0, 0})));
    assertThat(moved).isEqualTo(Embedding.wrap(new float[] {0.6f, 0, -0.8f, 0, 0, 0, 0, 0}));
  }

  @Test
  void rowOnTheMeanStaysZero() {
    UnitVector row = TestVectors.unit(Embedding.wrap(new float[] {1, 0}));
    TransferMethod shift =
        TestVectors.fit(new JobSpec.Transfer(Method.MEAN_SHIFT, true), 2, List.of(row));
    assertThat(shift.move(ONE, row)).isEqualTo(Embedding.wrap(new float[] {0, 0}));
  }

  @Test
  void inferenceCanRepeatTheShiftFromTheStatistics() {
    Map<String, Statistic> statistics = fit(Method.MEAN_SHIFT, true).statistics();
    assertThat(statistics).containsOnlyKeys("mu_text");
    assertThat(Objects.requireNonNull(statistics.get("mu_text")).values()).isEqualTo(MEAN.mean());
    assertThat(fit(Method.NONE, true).statistics()).isEmpty();
  }

  @Test
  void rowsThatHaveNoDirectionAreRefused() {
    assertThat(UnitVector.of(Embedding.wrap(new float[] {0, 0}))).isEmpty();
    assertThat(UnitVector.of(Embedding.wrap(new float[] {1, Float.NaN}))).isEmpty();
    assertThat(UnitVector.of(Embedding.wrap(new float[] {1, Float.POSITIVE_INFINITY}))).isEmpty();
    assertThat(UnitVector.of(Embedding.wrap(new float[] {1e-20f, 0}))).isEmpty();
    assertThat(UnitVector.of(Embedding.wrap(new float[] {Float.MAX_VALUE, Float.MAX_VALUE})))
        .isPresent();
  }

  @Test
  void rowOfAnotherDimensionIsABug() {
    UnitVector row = TestVectors.unit(Embedding.wrap(new float[] {1, 2}));
    assertThatThrownBy(() -> fit(Method.MEAN_SHIFT, true).move(ONE, row))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
