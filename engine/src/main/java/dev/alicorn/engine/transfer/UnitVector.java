package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
import java.util.Optional;

/// An embedding scaled to unit length in float64: the û that every transfer method starts from.
///
/// It keeps the embedding and its length: dividing when asked costs less than memory for quotients.
public final class UnitVector {
  /// The length below which a vector counts as zero.
  public static final double ZERO_NORM = 1e-10;

  private final Embedding raw;
  private final double norm;

  private UnitVector(Embedding raw, double norm) {
    this.raw = raw;
    this.norm = norm;
  }

  /// The unit vector of a raw embedding; empty where there is none, because a value is NaN or
  /// infinite or the length is below 1e-10.
  ///
  /// Squares are summed in index order, so that the length's bits are always the same.
  public static Optional<UnitVector> of(Embedding raw) {
    double squares = 0;
    for (int j = 0; j < raw.dimension(); j++) {
      double value = raw.get(j);
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    if (!(norm >= ZERO_NORM) || norm == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    return Optional.of(new UnitVector(raw, norm));
  }

  public int dimension() {
    return raw.dimension();
  }

  void requireDimension(int dimension) {
    if (dimension != raw.dimension()) {
      throw new IllegalArgumentException(
          "a method for %s dimensions cannot move %s".formatted(dimension, raw.dimension()));
    }
  }

  double get(int index) {
    return raw.get(index) / norm;
  }
}
