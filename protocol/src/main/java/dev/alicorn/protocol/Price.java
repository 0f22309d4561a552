package dev.alicorn.protocol;

import java.math.BigDecimal;

/// What an endpoint asks for a million tokens, in a currency.
public record Price(BigDecimal inputPerMillion, BigDecimal outputPerMillion, String currency) {
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, "USD");

  public Price {
    if (inputPerMillion.signum() < 0 || outputPerMillion.signum() < 0) {
      throw new IllegalArgumentException(
          "a price is not negative: input " + inputPerMillion + ", output " + outputPerMillion);
    }
  }

  /// The exact price of a call.
  public BigDecimal of(Usage usage) {
    return inputPerMillion
        .multiply(BigDecimal.valueOf(usage.inputTokens()))
        .add(outputPerMillion.multiply(BigDecimal.valueOf(usage.outputTokens())))
        .movePointLeft(6);
  }
}
