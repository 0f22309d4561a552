package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondMomentsTest {

  /// Dimensions around the edges of stripes and tiles, rows around those of blocks.
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 3, 7", "3, 255, 65", "4, 257, 64", "5, 40, 513", "6, 11, 600"})
  void plainSumsAreTheSame(long seed, int rows, int dimension) {
    Random random = new Random(seed);
    SecondMoments moments = new SecondMoments(dimension);
    double[] sum = new double[dimension];
    double[][] products = new double[dimension][dimension];
    for (int row = 0; row < rows; row++) {
      double[] vector = random.doubles(dimension, -1, 1).toArray();
      moments.add(vector);
      for (int i = 0; i < dimension; i++) {
        sum[i] += vector[i];
        for (int j = 0; j < dimension; j++) {
          products[i][j] += vector[i] * vector[j];
        }
      }
    }
    assertThat(moments.rows()).isEqualTo(rows);
    double[][] covariance = moments.covariance();
    double[][] uncentred = moments.uncentred();
    for (int i = 0; i < dimension; i++) {
      assertThat(moments.mean()[i]).as("seed %s", seed).isEqualTo(sum[i] / rows, within(1e-13));
      for (int j = 0; j < dimension; j++) {
        double product = products[i][j] / rows;
        assertThat(uncentred[i][j]).as("seed %s", seed).isEqualTo(product, within(1e-13));
        assertThat(covariance[i][j])
            .as("seed %s", seed)
            .isEqualTo(product - sum[i] / rows * (sum[j] / rows), within(1e-13));
      }
    }
  }
}
