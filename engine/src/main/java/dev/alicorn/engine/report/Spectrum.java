package dev.alicorn.engine.report;

import java.util.ArrayList;
import java.util.List;

/// How rows are spread over directions: the eigenvalues λ of their covariance, descending.
final class Spectrum {
  /// None below zero.
  private final double[] eigenvalues;

  private Spectrum(double[] eigenvalues) {
    this.eigenvalues = eigenvalues;
  }

  /// The spectrum of a symmetric matrix without negative eigenvalues; it is overwritten.
  static Spectrum of(double[][] matrix) {
    double[] values = SymmetricEigenvalues.of(matrix);
    for (int i = 0; i < values.length; i++) {
      // What rounding leaves of a zero may be negative.
      values[i] = Math.max(0, values[i]);
    }
    return new Spectrum(values);
  }

  /// The sum of the eigenvalues.
  double trace() {
    double trace = 0;
    for (double value : eigenvalues) {
      trace += value;
    }
    return trace;
  }

  /// exp H(λ/Σλ): how many directions of equal spread have the same entropy (Roy and Vetterli, "The
  /// effective rank", 2007). Of the uncentred matrix of unit rows it is the Vendi score (Friedman
  /// and Dieng, 2023).
  double effectiveRank() {
    double trace = trace();
    double entropy = 0;
    for (double value : eigenvalues) {
      double share = value / trace;
      if (share > 0) {
        entropy -= share * Math.log(share);
      }
    }
    return trace > 0 ? Math.exp(entropy) : 0;
  }

  /// tr² / tr(Σ²): the participation ratio, in directions.
  double effectiveDimension() {
    double squares = 0;
    for (double value : eigenvalues) {
      squares += value * value;
    }
    return squares > 0 ? trace() * trace() / squares : 0;
  }

  /// λ₁ / (tr/d): how much more than its share the widest direction has; 1 is even.
  double anisotropy() {
    double trace = trace();
    return trace > 0 ? eigenvalues[0] * eigenvalues.length / trace : 0;
  }

  /// The share of the trace that the widest 1, 2, … directions have together.
  List<Double> cumulative() {
    double trace = trace();
    List<Double> shares = new ArrayList<>();
    double sum = 0;
    for (double value : eigenvalues) {
      sum += value;
      shares.add(trace > 0 ? Math.min(1, sum / trace) : 1);
    }
    return shares;
  }
}
