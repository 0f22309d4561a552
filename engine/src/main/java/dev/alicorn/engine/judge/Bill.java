package dev.alicorn.engine.judge;

import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an accepted answer cost.
///
/// The first six are of the accepted call alone and so the same in every history of a job. What
/// failed attempts and repeats added is in `spent`, which depends on the history and must not reach
/// a dataset.
///
/// @param usage as the endpoint reported it, zero where it reported none
/// @param usageReported whether the endpoint reported any
/// @param price exact, also of a reply that was copied from another job
/// @param currency of `price`
/// @param spent what all calls of this record and stage have been billed
public record Bill(
    String endpoint,
    String model,
    Usage usage,
    boolean usageReported,
    BigDecimal price,
    String currency,
    Spent spent) {

  /// The bill of an answered ask among all calls of its stage.
  static Bill of(Asked.Answered answered, List<? extends CallEvent> calls, Bindings bindings) {
    EndpointBound bound = bindings.endpoint(answered.reply().endpoint());
    Usage usage = answered.envelope().usage();
    return new Bill(
        bound.endpoint(),
        bound.model(),
        usage,
        answered.envelope().usageReported(),
        bound.price().of(usage),
        bound.price().currency(),
        Spent.over(answered, calls, bindings));
  }

  /// The sum over complete replies, usable or not; copied ones are free.
  ///
  /// @param prices exact, by currency
  public record Spent(Usage usage, Map<String, BigDecimal> prices) {
    public Spent {
      prices = Map.copyOf(prices);
    }

    private static Spent over(
        Asked.Answered answered, List<? extends CallEvent> calls, Bindings bindings) {
      Usage sum = Usage.NONE;
      Map<String, BigDecimal> prices = new HashMap<>();
      for (CallEvent call : calls) {
        if (call instanceof LlmReplied reply && reply.origin().isEmpty()) {
          EndpointBound bound = bindings.endpoint(reply.endpoint());
          Usage usage =
              reply.equals(answered.reply())
                  ? answered.envelope().usage()
                  : Envelope.read(reply.body(), bound.wire()).usage();
          sum = sum.plus(usage);
          prices.merge(bound.price().currency(), bound.price().of(usage), BigDecimal::add);
        }
      }
      return new Spent(sum, prices);
    }
  }
}
