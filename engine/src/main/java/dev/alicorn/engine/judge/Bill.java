package dev.alicorn.engine.judge;

import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.util.List;

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
/// @param spent what all calls of this record and stage came to
public record Bill(
    String endpoint,
    String model,
    Usage usage,
    boolean usageReported,
    BigDecimal price,
    String currency,
    Account spent) {

  /// The bill of an answered ask among all calls of its stage.
  static Bill of(Asked.Answered answered, List<? extends CallEvent> calls, Bindings bindings) {
    EndpointBound bound = bindings.endpoint(answered.reply().endpoint());
    Usage usage = answered.envelope().usage();
    Account spent = Account.EMPTY;
    for (CallEvent call : calls) {
      spent =
          spent.plus(
              call.equals(answered.reply())
                  ? Account.of(answered.reply(), answered.envelope(), bound)
                  : Account.of(call, bindings));
    }
    return new Bill(
        bound.endpoint(),
        bound.model(),
        usage,
        answered.envelope().usageReported(),
        bound.price().of(usage),
        bound.price().currency(),
        spent);
  }
}
