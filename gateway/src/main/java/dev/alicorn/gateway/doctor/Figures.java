package dev.alicorn.gateway.doctor;

import java.time.Duration;
import java.util.Locale;

/// Sizes and times as people read them.
final class Figures {
  private static final long MB = 1_000_000;
  private static final long GB = 1_000_000_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private Figures() {}

  /// Bytes, in decimal units: `98 MB`, `2.1 GB`.
  static String bytes(long bytes) {
    return bytes < GB
        ? bytes / MB + " MB"
        : String.format(Locale.ROOT, "%.1f GB", (double) bytes / GB);
  }

  /// A time to three digits: `0.0123 ms`, `12.3 ms`, `1.23 s`.
  static String time(Duration duration) {
    double millis = duration.toNanos() / NANOS_PER_MILLI;
    return millis < 1_000
        ? String.format(Locale.ROOT, "%.3g ms", millis)
        : String.format(Locale.ROOT, "%.3g s", millis / 1_000);
  }
}
