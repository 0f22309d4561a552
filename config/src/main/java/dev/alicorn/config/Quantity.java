package dev.alicorn.config;

import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Quantities as people write them: empty where a text is none.
///
/// Counts are decimal (`2k`, `50M`, `1.5G`); sizes and durations carry the units of HOCON.
final class Quantity {
  private static final Pattern COUNT =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)(?:[eE]\\+?([0-9]{1,2}))? ?([kMGT]?)");
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,20}(?:\\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?");
  private static final Pattern SIZE = Pattern.compile("[0-9].*");
  private static final Pattern DURATION = Pattern.compile("[0-9].*[a-z]");
  private static final Pattern AMOUNT =
      Pattern.compile("[0-9]{1,15}(?:\\.[0-9]{1,12})?(?:[eE][+-]?[0-9]{1,2})?");

  private Quantity() {}

  static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /// A decimal number; a minus is read only before 0, where JSON may have it.
  static Optional<Double> number(String text) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text)).filter(number -> number >= 0)
        : Optional.empty();
  }

  /// Any whole number of 64 bits.
  static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// A whole number from 0 on.
  static Optional<Long> count(String text) {
    Matcher matcher = COUNT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String exponent = matcher.group(2);
    int zeros = (exponent == null ? 0 : Integer.parseInt(exponent)) + zeros(matcher.group(3));
    try {
      return Optional.of(
          new BigDecimal(matcher.group(1)).scaleByPowerOfTen(zeros).longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static int zeros(String suffix) {
    return switch (suffix) {
      case "k" -> 3;
      case "M" -> 6;
      case "G" -> 9;
      case "T" -> 12;
      default -> 0;
    };
  }

  /// An amount of money, or a price: a decimal number from 0 on, its digits kept.
  static Optional<BigDecimal> amount(String text) {
    return AMOUNT.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /// Bytes, from 0 on.
  static Optional<Long> bytes(ConfigValue value) {
    if (!SIZE.matcher(String.valueOf(value.unwrapped())).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.atKey("size").getBytes("size"));
    } catch (com.typesafe.config.ConfigException e) {
      return Optional.empty();
    }
  }

  /// A time span above 0, its unit written out.
  static Optional<Duration> duration(ConfigValue value) {
    if (!DURATION.matcher(String.valueOf(value.unwrapped())).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.atKey("span").getDuration("span")).filter(Duration::isPositive);
    } catch (com.typesafe.config.ConfigException e) {
      return Optional.empty();
    }
  }
}
