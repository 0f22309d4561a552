package dev.alicorn.protocol;

import java.math.BigDecimal;

/// What an endpoint asks for a million tokens, in a currency.
///
/// @param inputPerMillion for input that it had to read
/// @param cachedInputPerMillion for input that it found in its cache
public record Price(
    BigDecimal inputPerMillion,
    BigDecimal cachedInputPerMillion,
    BigDecimal outputPerMillion,
    String currency) {
  public static final Price FREE =
      new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "USD");

  public Price {
    if (inputPerMillion.signum() < 0
        || cachedInputPerMillion.signum() < 0
        || outputPerMillion.signum() < 0) {
      throw new IllegalArgumentException(
          "a price is not negative: input "
              + inputPerMillion
              + ", cached input "
              + cachedInputPerMillion
              + ", output "
              + outputPerMillion);
    }
  }

  /// The exact price of a call.
  public BigDecimal of(Usage usage) {
    return inputPerMillion
        .multiply(BigDecimal.valueOf(usage.inputTokens() - usage.cachedInputTokens()))
        .add(cachedInputPerMillion.multiply(BigDecimal.valueOf(usage.cachedInputTokens())))
        .add(outputPerMillion.multiply(BigDecimal.valueOf(usage.outputTokens())))
        .movePointLeft(6);
  }
}
