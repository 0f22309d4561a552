package dev.alicorn.gateway.cli;

import java.time.Duration;

/// Durations as people say them.
final class Durations {
  private Durations() {}

  /// The two largest units: `42s`, `3m 05s`, `2h 10m`, `4d 3h`.
  static String spoken(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + "m " + twoDigits(seconds % 60) + "s";
    }
    if (seconds < 86_400) {
      return seconds / 3_600 + "h " + twoDigits(seconds % 3_600 / 60) + "m";
    }
    return seconds / 86_400 + "d " + seconds % 86_400 / 3_600 + "h";
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
