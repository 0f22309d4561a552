package dev.alicorn.engine.step;

import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/// What holds for a step's calls, whichever of its endpoints answers.
///
/// @param wire what all of them speak
/// @param dearest the highest that any of them asks, which a budget reserves at
/// @param copiesTo the endpoint that replies of other jobs are booked at
public record CallTerms(WireFormat wire, Price dearest, String copiesTo) {

  /// The terms of those who may answer.
  ///
  /// @param endpoints at least one, of one wire format and one currency
  public static CallTerms of(List<EndpointBound> endpoints) {
    EndpointBound first = endpoints.getFirst();
    List<Price> prices = endpoints.stream().map(EndpointBound::price).toList();
    return new CallTerms(
        first.wire(),
        new Price(
            highest(prices, Price::inputPerMillion),
            highest(prices, Price::cachedInputPerMillion),
            highest(prices, Price::outputPerMillion),
            first.price().currency()),
        first.endpoint());
  }

  private static BigDecimal highest(List<Price> prices, Function<Price, BigDecimal> part) {
    return prices.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::max);
  }
}
