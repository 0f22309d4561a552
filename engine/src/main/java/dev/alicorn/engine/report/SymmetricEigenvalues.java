package dev.alicorn.engine.report;

import java.util.Arrays;

/// The eigenvalues of a real symmetric matrix, without vectors.
///
/// Householder reflections make the matrix tridiagonal, in 4/3 n³ operations; QL steps with
/// implicit shifts make that diagonal (Golub and Van Loan, "Matrix Computations", sections 8.3.1
/// and 8.3.3). Everything runs in one order, so that the bits are always the same.
final class SymmetricEigenvalues {
  private static final int STEPS_MAX = 60;

  private final double[][] matrix;
  private final double[] diagonal;
  private final double[] beside;

  /// What rounding alone may leave beside the diagonal.
  private double negligible;

  private SymmetricEigenvalues(double[][] matrix) {
    this.matrix = matrix;
    diagonal = new double[matrix.length];
    beside = new double[matrix.length];
  }

  /// The eigenvalues in descending order.
  ///
  /// @param matrix of n rows of n finite numbers, symmetric; it is overwritten
  static double[] of(double[][] matrix) {
    SymmetricEigenvalues values = new SymmetricEigenvalues(matrix);
    values.tridiagonalise();
    values.negligible = values.roundingError();
    for (int i = 0; i < matrix.length; i++) {
      values.isolate(i);
    }
    return values.descending();
  }

  private double[] descending() {
    double[] ascending = diagonal.clone();
    Arrays.sort(ascending);
    double[] descending = new double[ascending.length];
    for (int i = 0; i < ascending.length; i++) {
      descending[i] = ascending[ascending.length - 1 - i];
    }
    return descending;
  }

  private void tridiagonalise() {
    int n = matrix.length;
    double[] v = new double[n];
    double[] w = new double[n];
    for (int k = 0; k < n - 1; k++) {
      diagonal[k] = matrix[k][k];
      beside[k] = reflect(k, v, w);
    }
    if (n > 0) {
      diagonal[n - 1] = matrix[n - 1][n - 1];
    }
  }

  /// Clears row k beyond the element beside the diagonal, which is returned.
  private double reflect(int k, double[] v, double[] w) {
    int n = matrix.length;
    double[] row = matrix[k];
    double scale = 0;
    for (int j = k + 1; j < n; j++) {
      scale = Math.max(scale, Math.abs(row[j]));
    }
    if (k == n - 2 || scale == 0) {
      return row[k + 1];
    }
    double squares = 0;
    for (int j = k + 1; j < n; j++) {
      v[j] = row[j] / scale;
      squares += v[j] * v[j];
    }
    double length = v[k + 1] > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    double divisor = squares - v[k + 1] * length;
    v[k + 1] -= length;
    Arrays.fill(w, k + 1, n, 0);
    for (int i = k + 1; i < n; i++) {
      addMultiple(w, matrix[i], v[i] / divisor, k + 1);
    }
    double dot = 0;
    for (int j = k + 1; j < n; j++) {
      dot += w[j] * v[j];
    }
    addMultiple(w, v, -dot / (2 * divisor), k + 1);
    for (int i = k + 1; i < n; i++) {
      subtract(matrix[i], v[i], w, w[i], v, k + 1);
    }
    return length * scale;
  }

  private double roundingError() {
    double largest = 0;
    for (int i = 0; i < diagonal.length; i++) {
      largest = Math.max(largest, Math.abs(diagonal[i]) + Math.abs(beside[i]));
    }
    return Math.ulp(largest);
  }

  private static void addMultiple(double[] target, double[] source, double factor, int from) {
    for (int j = from; j < target.length; j++) {
      target[j] += factor * source[j];
    }
  }

  private static void subtract(double[] row, double a, double[] x, double b, double[] y, int from) {
    for (int j = from; j < row.length; j++) {
      row[j] -= a * x[j] + b * y[j];
    }
  }

  /// QL steps until the element beside the i-th of the diagonal is negligible.
  private void isolate(int i) {
    for (int step = 0; step < STEPS_MAX; step++) {
      int end = end(i);
      if (end == i) {
        return;
      }
      step(i, end);
    }
    throw new IllegalStateException("no eigenvalue " + i + " after " + STEPS_MAX + " steps");
  }

  /// The end of the block that begins at i and has no negligible element beside its diagonal.
  private int end(int i) {
    int end = i;
    while (end < diagonal.length - 1) {
      if (Math.abs(beside[end]) <= negligible) {
        break;
      }
      end++;
    }
    return end;
  }

  private void step(int from, int end) {
    double g = (diagonal[from + 1] - diagonal[from]) / (2 * beside[from]);
    g = diagonal[end] - diagonal[from] + beside[from] / (g + Math.copySign(Math.hypot(g, 1), g));
    double sine = 1;
    double cosine = 1;
    double p = 0;
    for (int j = end - 1; j >= from; j--) {
      double f = sine * beside[j];
      double b = cosine * beside[j];
      double r = Math.hypot(f, g);
      beside[j + 1] = r;
      if (r == 0) {
        diagonal[j + 1] -= p;
        beside[end] = 0;
        return;
      }
      sine = f / r;
      cosine = g / r;
      g = diagonal[j + 1] - p;
      r = (diagonal[j] - g) * sine + 2 * cosine * b;
      p = sine * r;
      diagonal[j + 1] = g + p;
      g = cosine * r - b;
    }
    diagonal[from] -= p;
    beside[from] = g;
    beside[end] = 0;
  }
}
