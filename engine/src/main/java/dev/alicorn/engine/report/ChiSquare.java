package dev.alicorn.engine.report;

/// Pearson's chi-square test of counts that should be equal.
final class ChiSquare {
  private static final int TERMS_MAX = 10_000;
  private static final double NEGLIGIBLE = 1e-15;

  private ChiSquare() {}

  /// How likely equal chances would give counts as uneven as these or more.
  static double probability(long[] counts) {
    double total = 0;
    for (long count : counts) {
      total += count;
    }
    double expected = total / counts.length;
    double statistic = 0;
    for (long count : counts) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    return total == 0 ? 1 : upperTail(statistic, counts.length - 1);
  }

  /// The upper tail of the chi-square distribution, by the recurrence Q(a + 1, x) = Q(a, x) + x^a
  /// e^-x / Γ(a + 1) of the incomplete gamma function (NIST DLMF 8.8.6), from Q(1, x) = e^-x or
  /// Q(1/2, x) = erfc(√x).
  static double upperTail(double statistic, int degreesOfFreedom) {
    double x = statistic / 2;
    boolean even = degreesOfFreedom % 2 == 0;
    double a = even ? 1 : 0.5;
    double tail = even ? Math.exp(-x) : complementaryError(Math.sqrt(x));
    // x^a e^-x / Γ(a + 1), where Γ(2) = 1 and Γ(3/2) = √π/2.
    double term = even ? x * Math.exp(-x) : Math.sqrt(x) * Math.exp(-x) * 2 / Math.sqrt(Math.PI);
    while (2 * a < degreesOfFreedom) {
      tail += term;
      a++;
      term *= x / a;
    }
    return Math.min(1, tail);
  }

  /// erfc: below 2 by the series of DLMF 7.6.2, above by the continued fraction 7.9.2.
  private static double complementaryError(double x) {
    if (x < 2) {
      double term = x;
      double sum = x;
      for (int n = 1; n < TERMS_MAX && term > NEGLIGIBLE * sum; n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 1 - 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
    double fraction = x;
    for (int n = 200; n > 0; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }
}
