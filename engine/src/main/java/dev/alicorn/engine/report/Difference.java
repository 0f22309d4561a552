package dev.alicorn.engine.report;

import java.util.OptionalDouble;

/// How two datasets differ in a measure.
///
/// @param relative the second value less the first, over the larger of both
/// @param better which is better
record Difference(double relative, Side better) {
  /// Below, values count as the same.
  private static final double RELATIVE_MIN = 0.02;

  static final Difference NONE = new Difference(0, Side.NEITHER);

  enum Side {
    FIRST,
    SECOND,
    NEITHER
  }

  static Difference of(Measure measure, OptionalDouble first, OptionalDouble second) {
    if (first.isEmpty() || second.isEmpty()) {
      return NONE;
    }
    double a = first.getAsDouble();
    double b = second.getAsDouble();
    double largest = Math.max(Math.abs(a), Math.abs(b));
    double relative = largest > 0 ? (b - a) / largest : 0;
    if (Math.abs(relative) < RELATIVE_MIN || measure.text(a).equals(measure.text(b))) {
      return NONE;
    }
    int order = measure.meaning().aim().compare(a, b);
    return new Difference(
        relative, order < 0 ? Side.FIRST : order > 0 ? Side.SECOND : Side.NEITHER);
  }

  boolean differs() {
    return relative != 0;
  }
}
