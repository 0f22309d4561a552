package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class VectorTallyTest {

  /// The published figures of the gap agree with each other: a paired cosine of 0.29 means a mean
  /// squared distance of 2 - 2 x 0.29 = 1.42, and when 0.11 of that is the same for all pairs, the
  /// means are 0.395 apart.
  @Test
  void publishedGapFollowsFromPublishedCosine() {
    double cosine = 0.29;
    double p = Math.sqrt(0.11 * (2 - 2 * cosine)) / 2;
    double q = Math.sqrt(cosine + p * p);
    double s = Math.sqrt(1 - p * p - q * q);
    int pairs = 64;
    int dimension = 1 + 3 * pairs;
    VectorTally texts = new VectorTally(dimension, new UndoneTransfer.Unmoved());
    double[] image = new double[dimension];
    double distances = 0;
    for (int i = 0; i < 2 * pairs; i++) {
      int axis = i / 2;
      int sign = i % 2 == 0 ? 1 : -1;
      double[] text = new double[dimension];
      double[] seen = new double[dimension];
      text[0] = p;
      seen[0] = -p;
      text[1 + axis] = sign * q;
      seen[1 + axis] = sign * q;
      text[1 + pairs + axis] = sign * s;
      seen[1 + 2 * pairs + axis] = sign * s;
      double distance = VectorTally.distance(text, seen);
      distances += distance * distance / (2 * pairs);
      float[] narrow = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        narrow[j] = (float) text[j];
        image[j] += seen[j] / (2 * pairs);
      }
      assertThat(texts.add(Integer.toString(i), narrow)).isTrue();
    }
    assertThat(distances).isEqualTo(1.42, within(1e-12));
    Figures figures = new Figures();
    texts.into(figures);
    ImageGap.into(figures, texts, Optional.of(image), "none");
    assertThat(figures.value(EmbeddingMeasure.GAP_BEFORE).orElseThrow())
        .isEqualTo(0.395, within(5e-4));
    assertThat(figures.value(EmbeddingMeasure.TRACE).orElseThrow())
        .isEqualTo(1 - p * p, within(1e-6));
  }

  @Test
  void vectorsThatAreNoneAreRefused() {
    VectorTally tally = new VectorTally(2, new UndoneTransfer.Unmoved());
    assertThat(tally.add("1", new float[] {1, 0})).isTrue();
    assertThat(tally.add("2", new float[] {1, 0, 0})).isFalse();
    assertThat(tally.add("3", new float[] {Float.NaN, 0})).isFalse();
    assertThat(tally.add("4", new float[] {0, 0})).isFalse();
    Figures figures = new Figures();
    tally.into(figures);
    assertThat(figures.value(EmbeddingMeasure.VECTOR_COUNT)).hasValue(1);
  }

  /// Vectors that were changed behind the transfer have other embeddings than it was fitted to.
  @Test
  void vectorsOfAnotherFitHaveNoFiguresBefore() {
    double[] mean = {0.5, 0, 0};
    VectorTally tally = new VectorTally(3, new UndoneTransfer.Shift(mean, true));
    for (int i = 0; i < 50; i++) {
      tally.add(Integer.toString(i), new float[] {1, i % 2, i % 3});
    }
    Figures figures = new Figures();
    tally.into(figures);
    assertThat(figures.value(EmbeddingMeasure.RANK_BEFORE)).isEmpty();
    assertThat(figures.absence(EmbeddingMeasure.OMEGA).orElseThrow()).contains("validate");
    assertThat(figures.value(EmbeddingMeasure.RANK)).isPresent();
  }
}
