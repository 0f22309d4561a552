package dev.alicorn.engine.report;

import java.util.Locale;

/// How a figure is written for people; the JSON has all its digits.
enum Format {
  COUNT,
  ONE_DECIMAL,
  THREE_DECIMALS,
  SHARE,
  PROBABILITY,
  TRUTH;

  String of(double value) {
    return switch (this) {
      case COUNT -> String.format(Locale.ROOT, "%,d", Math.round(value));
      case ONE_DECIMAL -> decimals("%.1f", value);
      case THREE_DECIMALS -> decimals("%.3f", value);
      case SHARE -> share(value);
      case TRUTH -> value > 0 ? "yes" : "no";
      case PROBABILITY ->
          value > 0 && value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    };
  }

  /// A number without a sign where it is rounded to zero.
  private static String decimals(String format, double value) {
    String text = String.format(Locale.ROOT, format, value);
    return text.matches("-[0.]+") ? text.substring(1) : text;
  }

  /// Per cent, with a digit more where it is below one, so that a few in a million show.
  private static String share(double value) {
    double percent = 100 * value;
    if (percent > 0 && percent < 0.01) {
      return "< 0.01 %";
    }
    return String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f %%" : "%.1f %%", percent);
  }
}
