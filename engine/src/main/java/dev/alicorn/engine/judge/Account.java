package dev.alicorn.engine.judge;

import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Money;

/// What some calls have come to: a fold over their facts, which gives the same whatever their order
/// and however often a job was taken up again.
///
/// Failed calls are not billed, as far as is known. Where one may have been, or where a reply says
/// nothing of its usage, it counts as unknown.
///
/// @param calls that reached an endpoint, or may have
/// @param vain of them, those that brought no usable reply
/// @param reasked of them, those that asked again for an answer that was unfit
/// @param unknown of them, those that may have been billed and do not say so
/// @param billed what the replies to them were billed
/// @param reused the replies that were copied from other jobs' journals: no calls of this job, and
///   saved what they are billed
public record Account(
    long calls, long vain, long reasked, long unknown, Billed billed, Billed reused) {
  public static final Account EMPTY = new Account(0, 0, 0, 0, Billed.NOTHING, Billed.NOTHING);

  /// A call of unknown outcome.
  public static final Account UNANSWERED = new Account(1, 1, 0, 1, Billed.NOTHING, Billed.NOTHING);

  /// What one fact comes to by itself; an intent comes to nothing, its call's end does.
  public static Account of(CallEvent fact, Bindings bindings) {
    return switch (fact) {
      case CallStarted _ -> EMPTY;
      case CallFailed failed -> of(failed);
      case LlmReplied reply -> {
        EndpointBound endpoint = bindings.endpoint(reply.endpoint());
        yield of(reply, Envelope.read(reply.body(), endpoint.wire()), endpoint);
      }
    };
  }

  static Account of(LlmReplied reply, Envelope envelope, EndpointBound endpoint) {
    Billed billed = Billed.of(envelope, endpoint);
    return reply.origin().isPresent()
        ? new Account(0, 0, 0, 0, Billed.NOTHING, billed)
        : new Account(
            1,
            envelope instanceof Envelope.Usable ? 0 : 1,
            reasked(reply),
            envelope.usageReported() ? 0 : 1,
            billed,
            Billed.NOTHING);
  }

  private static Account of(CallFailed failed) {
    return failed.cause() == FailureCause.NOT_SENT
        ? EMPTY
        : new Account(
            1,
            1,
            reasked(failed),
            mayBeBilled(failed.cause()) ? 1 : 0,
            Billed.NOTHING,
            Billed.NOTHING);
  }

  private static int reasked(CallEvent fact) {
    return fact.ask() > 0 ? 1 : 0;
  }

  private static boolean mayBeBilled(FailureCause cause) {
    return switch (cause) {
      case UNKNOWN_OUTCOME, CUT_BODY, BODY_TOO_LARGE -> true;
      case RATE_LIMITED,
          OUT_OF_MONEY,
          UNAUTHORIZED,
          NOT_FOUND,
          REFUSED_REQUEST,
          CONTENT_FILTERED,
          SERVER_ERROR,
          NOT_SENT,
          UNUSABLE_REPLY ->
          false;
    };
  }

  public Account plus(Account other) {
    return new Account(
        calls + other.calls,
        vain + other.vain,
        reasked + other.reasked,
        unknown + other.unknown,
        billed.plus(other.billed),
        reused.plus(other.reused));
  }

  /// What the calls of unknown bill may have cost, each taken for the mean of those that are known;
  /// nothing where none is.
  public Money possiblePrice() {
    return price(unknown);
  }

  /// What one call cost in the mean of those whose bill is known; nothing where none is.
  public Money meanPrice() {
    return price(1);
  }

  private Money price(long calls) {
    return billed.replies() == 0 ? Money.NONE : billed.price().times(calls, billed.replies());
  }
}
