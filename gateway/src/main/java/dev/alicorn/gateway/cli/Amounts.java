package dev.alicorn.gateway.cli;

import dev.alicorn.protocol.Money;
import java.util.Locale;

/// Counts and amounts as people read them.
final class Amounts {
  private static final long KB = 1_000;
  private static final long MB = 1_000_000;
  private static final long GB = 1_000_000_000;

  private Amounts() {}

  /// A count with its thousands apart: `1,234,567`.
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// A rate to about three digits: `0.0123`, `45.6`, `12,345`.
  static String rate(double perSecond) {
    return perSecond < 100
        ? String.format(Locale.ROOT, "%.3g", perSecond)
        : count(Math.round(perSecond));
  }

  /// Money to four digits; the ledger itself is exact.
  static String money(Money money) {
    return money.rounded(4).toString();
  }

  /// Bytes, in decimal units.
  static String bytes(long bytes) {
    if (bytes < MB) {
      return Math.ceilDiv(bytes, KB) + " kB";
    }
    return bytes < GB
        ? String.format(Locale.ROOT, "%.1f MB", (double) bytes / MB)
        : String.format(Locale.ROOT, "%.1f GB", (double) bytes / GB);
  }
}
