package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;

/// The N(x) of the transfer methods: x divided by its length in float64, by 1 where the length is
/// below 1e-10.
public final class Norm {
  private Norm() {}

  /// The length, its squares summed in index order so that its bits are always the same.
  public static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /// Scales a vector to unit length, in its place.
  static void scale(double[] vector) {
    double length = length(vector);
    double divisor = length < UnitVector.ZERO_NORM ? 1 : length;
    for (int j = 0; j < vector.length; j++) {
      vector[j] /= divisor;
    }
  }

  static Embedding rounded(double[] vector) {
    float[] values = new float[vector.length];
    for (int j = 0; j < values.length; j++) {
      values[j] = (float) vector[j];
    }
    return Embedding.wrap(values);
  }
}
