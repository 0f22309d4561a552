package dev.alicorn.engine.report;

/// Which of two values of a figure is the better one, as far as that is known.
enum Aim {
  HIGHER(Double.POSITIVE_INFINITY),
  LOWER(Double.NEGATIVE_INFINITY),
  NEAR_A_QUARTER(0.25),
  NEAR_A_HALF(0.5),
  NEAR_PUBLISHED_WORDS(129),
  UNKNOWN(Double.NaN);

  private final double target;

  Aim(double target) {
    this.target = target;
  }

  /// Negative where the first value is better, positive where the second is, 0 where neither or
  /// nobody knows.
  int compare(double first, double second) {
    return switch (this) {
      case HIGHER -> Double.compare(second, first);
      case LOWER -> Double.compare(first, second);
      case NEAR_A_QUARTER, NEAR_A_HALF, NEAR_PUBLISHED_WORDS ->
          Double.compare(Math.abs(first - target), Math.abs(second - target));
      case UNKNOWN -> 0;
    };
  }
}
