package dev.alicorn.engine.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The additive state of a covariance: count, sum and sum of outer products of rows, in float64.
///
/// Rows are gathered in blocks; a block is added by stripes of the matrix, on as many threads as
/// there are. Each element sums its products in the order of the rows, so the bits do not depend on
/// the threads. Memory is 8 d² bytes for the sums and 2 kB d for the block.
final class SecondMoments {
  private static final int BLOCK_ROWS = 256;
  private static final int STRIPE_ROWS = 64;
  private static final int TILE_COLUMNS = 512;

  private final int dimension;
  private final double[] sum;
  private final double[][] products;
  private final double[][] block = new double[BLOCK_ROWS][];
  private int filled;
  private long rows;

  SecondMoments(int dimension) {
    this.dimension = dimension;
    sum = new double[dimension];
    products = new double[dimension][dimension];
  }

  /// Adds a row, which is copied.
  void add(double[] row) {
    block[filled] = row.clone();
    filled++;
    rows++;
    for (int j = 0; j < dimension; j++) {
      sum[j] += row[j];
    }
    if (filled == BLOCK_ROWS) {
      flush();
    }
  }

  long rows() {
    return rows;
  }

  double[] mean() {
    double[] mean = sum.clone();
    for (int j = 0; j < dimension; j++) {
      mean[j] /= rows;
    }
    return mean;
  }

  /// The covariance, divided by the count of rows.
  double[][] covariance() {
    return centred(mean());
  }

  /// The mean of the outer products, without subtracting the mean's.
  double[][] uncentred() {
    return centred(new double[dimension]);
  }

  private double[][] centred(double[] mean) {
    flush();
    double[][] matrix = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = i; j < dimension; j++) {
        matrix[i][j] = products[i][j] / rows - mean[i] * mean[j];
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  private void flush() {
    if (filled == 0) {
      return;
    }
    // Rows of zeros let every block have a multiple of four.
    while (filled % 4 != 0) {
      block[filled++] = new double[dimension];
    }
    IntStream.range(0, Math.ceilDiv(dimension, STRIPE_ROWS)).parallel().forEach(this::addStripe);
    Arrays.fill(block, null);
    filled = 0;
  }

  private void addStripe(int stripe) {
    int from = stripe * STRIPE_ROWS;
    int to = Math.min(dimension, from + STRIPE_ROWS);
    for (int left = from - from % TILE_COLUMNS; left < dimension; left += TILE_COLUMNS) {
      int right = Math.min(dimension, left + TILE_COLUMNS);
      for (int k = 0; k < filled; k += 4) {
        for (int i = from; i < to && i < right; i++) {
          addFour(products[i], k, i, Math.max(left, i), right);
        }
      }
    }
  }

  /// Adds products of four rows; with more arrays in it compilers do not vectorise the loop.
  private void addFour(double[] target, int k, int i, int from, int to) {
    double[] x0 = block[k];
    double[] x1 = block[k + 1];
    double[] x2 = block[k + 2];
    double[] x3 = block[k + 3];
    double a0 = x0[i];
    double a1 = x1[i];
    double a2 = x2[i];
    double a3 = x3[i];
    for (int j = from; j < to; j++) {
      target[j] += a0 * x0[j] + a1 * x1[j] + (a2 * x2[j] + a3 * x3[j]);
    }
  }
}
