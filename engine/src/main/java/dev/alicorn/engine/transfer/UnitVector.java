package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
import java.util.Optional;

/// An embedding scaled to unit length in float64: the û that every transfer method starts from.
public final class UnitVector {
  /// The length below which a vector counts as zero.
  static final double ZERO_NORM = 1e-10;

  private final double[] values;

  private UnitVector(double[] values) {
    this.values = values;
  }

  /// The unit vector of a raw embedding; empty where there is none, because a value is NaN or
  /// infinite or the length is below 1e-10.
  public static Optional<UnitVector> of(Embedding raw) {
    double[] values = new double[raw.dimension()];
    for (int j = 0; j < values.length; j++) {
      values[j] = raw.get(j);
    }
    double norm = norm(values);
    if (!(norm >= ZERO_NORM) || norm == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    for (int j = 0; j < values.length; j++) {
      values[j] /= norm;
    }
    return Optional.of(new UnitVector(values));
  }

  public int dimension() {
    return values.length;
  }

  double get(int index) {
    return values[index];
  }

  /// The Euclidean length, summed in index order so that its bits are always the same.
  static double norm(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
