package dev.alicorn.engine.report;

import java.util.Arrays;

/// How often each whole number from 0 on came; exact, but for numbers above a bound, which count as
/// the bound.
final class CountHistogram {
  private static final int NUMBER_MAX = 1 << 16;

  private long[] counts = new long[64];
  private long total;
  private long sum;
  private int min = Integer.MAX_VALUE;
  private int max;

  void add(int number) {
    int slot = Math.min(number, NUMBER_MAX);
    if (slot >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(slot + 1, 2 * counts.length));
    }
    counts[slot]++;
    total++;
    sum += number;
    min = Math.min(min, number);
    max = Math.max(max, number);
  }

  long total() {
    return total;
  }

  long count(int number) {
    return number < counts.length ? counts[number] : 0;
  }

  int min() {
    return total == 0 ? 0 : min;
  }

  int max() {
    return max;
  }

  double mean() {
    return (double) sum / total;
  }

  /// How many numbers are above this one.
  long above(int number) {
    long above = 0;
    for (int i = number + 1; i < counts.length; i++) {
      above += counts[i];
    }
    return above;
  }

  /// The least number that at least this share of all are not above.
  int quantile(double share) {
    long needed = (long) Math.ceil(share * total);
    long seen = 0;
    for (int number = 0; number < counts.length; number++) {
      seen += counts[number];
      if (seen >= needed && seen > 0) {
        return number;
      }
    }
    return max;
  }
}
