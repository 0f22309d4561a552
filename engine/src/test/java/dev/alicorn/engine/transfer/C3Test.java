package dev.alicorn.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.RecordId;
import java.util.List;
import org.junit.jupiter.api.Test;

class C3Test {
  private static final int DIMENSION = 256;
  private static final List<UnitVector> ROWS =
      TestVectors.rows(3, 400, DIMENSION, 0.75).stream().map(TestVectors::unit).toList();

  private static TransferMethod fitted(double ratio) {
    return TestVectors.fit(JobSpec.Transfer.c3(ratio), DIMENSION, ROWS);
  }

  private static double[] values(Embedding vector) {
    double[] values = new double[vector.dimension()];
    for (int j = 0; j < values.length; j++) {
      values[j] = vector.get(j);
    }
    return values;
  }

  private static double cosine(Embedding one, Embedding other) {
    double product = 0;
    for (int j = 0; j < one.dimension(); j++) {
      product += (double) one.get(j) * other.get(j);
    }
    return product;
  }

  /// Vectors of Random123's `kat_vectors`.
  @Test
  void philoxGivesTheKnownBlocks() {
    assertBlock(new int[] {0, 0, 0, 0}, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertBlock(new int[] {-1, -1, -1, -1}, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertBlock(
        new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
        0xa4093822,
        0x299f31d0,
        0xd16cfe09,
        0x94fdcceb,
        0x5001e420,
        0x24126ea1);
  }

  private static void assertBlock(int[] counter, int key0, int key1, int... expected) {
    Philox.block(counter, key0, key1);
    assertThat(counter).containsExactly(expected);
  }

  /// Figures of Python's `statistics.NormalDist().inv_cdf`.
  @Test
  void quantilesAreTheKnownOnes() {
    assertThat(NormalQuantile.of(0.5)).isZero();
    assertThat(NormalQuantile.of(0.75)).isCloseTo(0.6744897501960817, within(1e-15));
    assertThat(NormalQuantile.of(0.975)).isCloseTo(1.9599639845400536, within(1e-15));
    assertThat(NormalQuantile.of(0.375)).isEqualTo(-NormalQuantile.of(0.625));
    assertThat(NormalQuantile.of(1e-20)).isCloseTo(-9.262340089798405, within(1e-14));
  }

  @Test
  void noiseIsStandardNormal() {
    double[] noise = new double[400_000];
    new GaussianNoise(7).addTo(noise, 1, 1);
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (double value : noise) {
      sum += value;
      squares += value * value;
      fourth += Math.pow(value, 4);
    }
    double standardError = 1 / Math.sqrt(noise.length);
    assertThat(sum / noise.length).isCloseTo(0, within(4 * standardError));
    assertThat(squares / noise.length).isCloseTo(1, within(4 * Math.sqrt(2) * standardError));
    assertThat(fourth / noise.length).isCloseTo(3, within(4 * Math.sqrt(96) * standardError));
  }

  @Test
  void noiseFollowsFromSeedAndRecordAlone() {
    TransferMethod method = fitted(1);
    Embedding moved = method.move(new RecordId(5), ROWS.getFirst());
    for (UnitVector row : ROWS) {
      method.move(new RecordId(9), row);
    }
    assertThat(method.move(new RecordId(5), ROWS.getFirst())).isEqualTo(moved);
    assertThat(method.move(new RecordId(6), ROWS.getFirst())).isNotEqualTo(moved);
    double[] one = new double[DIMENSION];
    double[] other = new double[DIMENSION];
    new GaussianNoise(1).addTo(one, 5, 1);
    new GaussianNoise(1L << 32).addTo(other, 5, 1);
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void withoutNoiseItIsTheMeanShift() {
    TransferMethod shift =
        TestVectors.fit(
            new JobSpec.Transfer(JobSpec.Transfer.Method.MEAN_SHIFT, true), DIMENSION, ROWS);
    for (UnitVector row : ROWS) {
      RecordId record = new RecordId(2);
      assertThat(fitted(0).move(record, row)).isEqualTo(shift.move(record, row));
    }
  }

  /// Noise of ratio r that is orthogonal to a row leaves a cosine of 1/sqrt(1 + r²).
  @Test
  void ratioSaysHowFarRowsAreMoved() {
    for (double ratio : List.of(0.5, 1.0, 2.86)) {
      TransferMethod method = fitted(ratio);
      TransferMethod clean = fitted(0);
      double cosines = 0;
      double distances = 0;
      for (int i = 0; i < ROWS.size(); i++) {
        RecordId record = new RecordId(i + 1);
        Embedding noisy = method.move(record, ROWS.get(i));
        Embedding shifted = clean.move(record, ROWS.get(i));
        assertThat(Norm.length(values(noisy))).isCloseTo(1, within(1e-6));
        double cosine = cosine(noisy, shifted);
        cosines += cosine / ROWS.size();
        for (int j = 0; j < DIMENSION; j++) {
          distances += Math.pow(noisy.get(j) - shifted.get(j), 2) / ROWS.size();
        }
      }
      assertThat(cosines).isCloseTo(1 / Math.sqrt(1 + ratio * ratio), within(0.02));
      assertThat(distances).isCloseTo(2 - 2 * cosines, within(1e-6));
    }
  }
}
