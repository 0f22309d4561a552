package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenvaluesTest {

  @Test
  void smallOnesAreKnown() {
    assertThat(SymmetricEigenvalues.of(new double[][] {})).isEmpty();
    assertThat(SymmetricEigenvalues.of(new double[][] {{7}})).containsExactly(7);
    assertThat(SymmetricEigenvalues.of(new double[][] {{2, 1}, {1, 2}}))
        .containsExactly(new double[] {3, 1}, within(1e-14));
    assertThat(SymmetricEigenvalues.of(new double[3][3])).containsExactly(0, 0, 0);
  }

  /// The second difference has the eigenvalues 2 - 2 cos(kπ / (n + 1)).
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 257})
  void secondDifference(int n) {
    double[][] matrix = new double[n][n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 2;
      if (i > 0) {
        matrix[i][i - 1] = -1;
        matrix[i - 1][i] = -1;
      }
      expected[i] = 2 - 2 * Math.cos((n - i) * Math.PI / (n + 1));
    }
    assertThat(SymmetricEigenvalues.of(matrix)).containsExactly(expected, within(1e-12));
  }

  /// A full matrix with chosen eigenvalues: H D H for a reflection H = I - 2 u uᵀ.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void chosenOnesAreFoundInFullMatrices(long seed) {
    Random random = new Random(seed);
    int n = 60;
    double[] chosen = random.doubles(n, 0, 1).map(value -> Math.pow(10, -12 * value)).toArray();
    chosen[5] = chosen[6];
    chosen[7] = 0;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = chosen[i];
    }
    for (int reflections = 0; reflections < 4; reflections++) {
      reflect(matrix, random);
    }
    double[] expected =
        Arrays.stream(chosen).map(value -> -value).sorted().map(value -> -value).toArray();
    assertThat(SymmetricEigenvalues.of(matrix))
        .as("seed %s", seed)
        .containsExactly(expected, within(1e-14));
  }

  /// Fewer rows than dimensions leave most eigenvalues at zero and rounding beside them.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16})
  void fewRowsHaveFewDirections(int rows) {
    Random random = new Random(rows);
    int n = 120;
    double[][] matrix = new double[n][n];
    double trace = 0;
    for (int row = 0; row < rows; row++) {
      double[] vector = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n; i++) {
        trace += vector[i] * vector[i];
        for (int j = 0; j < n; j++) {
          matrix[i][j] += vector[i] * vector[j];
        }
      }
    }
    double[] found = SymmetricEigenvalues.of(matrix);
    assertThat(Arrays.stream(found).sum()).isEqualTo(trace, within(1e-11));
    assertThat(found[rows - 1]).isGreaterThan(1);
    assertThat(Arrays.copyOfRange(found, rows, n))
        .containsOnly(new double[n - rows], within(1e-11));
  }

  private static void reflect(double[][] matrix, Random random) {
    int n = matrix.length;
    double[] u = random.doubles(n, -1, 1).toArray();
    double squares = 0;
    for (double value : u) {
      squares += value * value;
    }
    double[][] rotated = new double[n][n];
    double[][] h = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        h[i][j] = (i == j ? 1 : 0) - 2 * u[i] * u[j] / squares;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          for (int l = 0; l < n; l++) {
            rotated[i][j] += h[i][k] * matrix[k][l] * h[l][j];
          }
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = (rotated[i][j] + rotated[j][i]) / 2;
        matrix[j][i] = matrix[i][j];
      }
    }
  }
}
