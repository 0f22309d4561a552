package dev.alicorn.protocol;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// An amount of money: exact, and each currency by itself.
///
/// @param amounts by currency, in alphabetical order
public record Money(Map<String, BigDecimal> amounts) {
  public static final Money NONE = new Money(Map.of());

  public Money {
    amounts = Collections.unmodifiableMap(new TreeMap<>(amounts));
  }

  public static Money of(BigDecimal amount, String currency) {
    return new Money(Map.of(currency, amount));
  }

  /// The sum; a currency that both have is added up.
  public Money plus(Money other) {
    if (amounts.isEmpty()) {
      return other;
    }
    Map<String, BigDecimal> sum = new TreeMap<>(amounts);
    other.amounts.forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add));
    return new Money(sum);
  }

  /// The share `of / over` of each amount, to 16 digits.
  public Money times(long of, long over) {
    Map<String, BigDecimal> share = new TreeMap<>(amounts);
    share.replaceAll((_, amount) ->
        amount
            .multiply(BigDecimal.valueOf(of))
            .divide(BigDecimal.valueOf(over), MathContext.DECIMAL64));
    return new Money(share);
  }

  /// All amounts as one number, for comparison with a cap of one currency.
  public BigDecimal total() {
    return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// The amounts to so many significant digits, for people.
  public Money rounded(int digits) {
    Map<String, BigDecimal> rounded = new TreeMap<>(amounts);
    rounded.replaceAll((_, amount) -> amount.round(new MathContext(digits)));
    return new Money(rounded);
  }

  public boolean isZero() {
    return total().signum() == 0;
  }

  /// The amounts as people write them, such as `0.25 USD`; `0` where there are none.
  @Override
  public String toString() {
    return isZero()
        ? "0"
        : amounts.entrySet().stream()
            .filter(entry -> entry.getValue().signum() != 0)
            .map(entry ->
                entry.getValue().stripTrailingZeros().toPlainString() + " " + entry.getKey())
            .collect(Collectors.joining(" + "));
  }
}
