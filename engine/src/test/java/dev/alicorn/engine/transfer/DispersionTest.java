package dev.alicorn.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.protocol.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How means, traces and distances of made pairs of captions and images hang together.
class DispersionTest {
  private static final int DIMENSION = 32;
  private static final int PAIRS = 2_000;
  private static final double COSINE = 0.29;
  private static final long SEED = 4_711;

  private record Pairs(List<double[]> texts, List<double[]> images) {}

  /// Unit vectors, each image at one cosine to its text.
  private static Pairs pairs() {
    Random random = new Random(SEED);
    List<double[]> texts = new ArrayList<>();
    List<double[]> images = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      double[] text = new double[DIMENSION];
      double[] other = new double[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        text[j] = random.nextGaussian() + (j == 0 ? 4 : 0);
        other[j] = random.nextGaussian() + (j == 1 ? 4 : 0);
      }
      Norm.scale(text);
      double along = 0;
      for (int j = 0; j < DIMENSION; j++) {
        along += text[j] * other[j];
      }
      for (int j = 0; j < DIMENSION; j++) {
        other[j] -= along * text[j];
      }
      Norm.scale(other);
      double[] image = new double[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        image[j] = COSINE * text[j] + Math.sqrt(1 - COSINE * COSINE) * other[j];
      }
      texts.add(text);
      images.add(image);
    }
    return new Pairs(texts, images);
  }

  private static CorpusMean corpus(List<double[]> rows) {
    CorpusMean corpus = new CorpusMean(DIMENSION);
    rows.forEach(corpus::add);
    return corpus;
  }

  private static double[] difference(double[] one, double[] other) {
    double[] difference = new double[DIMENSION];
    for (int j = 0; j < DIMENSION; j++) {
      difference[j] = one[j] - other[j];
    }
    return difference;
  }

  @Test
  void squaredDistanceOfAPairFollowsFromItsCosineAndHoldsTheGap() {
    Pairs pairs = pairs();
    double[] gap = difference(corpus(pairs.images()).mean(), corpus(pairs.texts()).mean());
    double squares = 0;
    double about = 0;
    for (int i = 0; i < PAIRS; i++) {
      double[] delta = difference(pairs.images().get(i), pairs.texts().get(i));
      squares += Math.pow(Norm.length(delta), 2) / PAIRS;
      about += Math.pow(Norm.length(difference(delta, gap)), 2) / PAIRS;
    }
    assertThat(squares).isCloseTo(2 - 2 * COSINE, within(1e-9)).isCloseTo(1.42, within(1e-9));
    assertThat(squares).isCloseTo(Math.pow(Norm.length(gap), 2) + about, within(1e-9));
    double share = Math.pow(Norm.length(gap), 2) / squares;
    assertThat(Norm.length(gap)).isCloseTo(Math.sqrt(share * 1.42), within(1e-9));
    assertThat(Math.sqrt(0.11 * 1.42)).isCloseTo(0.395, within(1e-3));
  }

  @Test
  void traceIsOneLessTheSquaredLengthOfTheMean() {
    for (List<double[]> rows : List.of(pairs().texts(), pairs().images())) {
      CorpusMean corpus = corpus(rows);
      assertThat(Dispersion.of(corpus).trace())
          .isCloseTo(1 - Math.pow(Norm.length(corpus.mean()), 2), within(1e-12));
    }
  }

  @Test
  void rowsOfFloat64AreSummedLikeThoseOfFloat32() {
    List<Embedding> rows = TestVectors.rows(7, 100, DIMENSION, 0.3);
    CorpusMean other = new CorpusMean(DIMENSION);
    for (Embedding row : rows) {
      double[] values = new double[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        values[j] = TestVectors.unit(row).get(j);
      }
      other.add(values);
    }
    assertThat(other.mean()).isEqualTo(TestVectors.mean(rows).mean());
    assertThat(other.rows()).isEqualTo(100);
  }

  @Test
  void rowsThatAreAllAlikeHaveNoSpread() {
    CorpusMean corpus = new CorpusMean(2);
    corpus.add(new double[] {0.6, 0.8});
    assertThat(Dispersion.of(corpus).trace()).isBetween(0.0, 1e-12);
    assertThat(Dispersion.of(new CorpusMean(2)).trace()).isEqualTo(1);
  }
}
