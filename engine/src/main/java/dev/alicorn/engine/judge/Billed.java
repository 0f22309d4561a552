package dev.alicorn.engine.judge;

import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.Usage;

/// Replies, and what they were billed.
///
/// @param replies that say what they were billed
/// @param usage that they report
/// @param price of that usage, exact
public record Billed(long replies, Usage usage, Money price) {
  public static final Billed NOTHING = new Billed(0, Usage.NONE, Money.NONE);

  /// What one reply was billed at an endpoint's price.
  public static Billed of(Envelope reply, EndpointBound endpoint) {
    return reply.usageReported()
        ? new Billed(
            1,
            reply.usage(),
            Money.of(endpoint.price().of(reply.usage()), endpoint.price().currency()))
        : NOTHING;
  }

  public Billed plus(Billed other) {
    return new Billed(replies + other.replies, usage.plus(other.usage), price.plus(other.price));
  }
}
