package dev.alicorn.engine.judge;

import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import java.util.List;

/// What one ask of a stage has come to: its calls folded in seq order up to the first that settles
/// it.
///
/// | a call ends with | and then |
/// |---|---|
/// | a usable reply | the ask is answered |
/// | a refusal | settled, the same question would be refused again |
/// | an unusable reply, or a failure that may have been billed | 3 attempts at most |
/// | a failure of the server | 6 attempts at most, those above counted too |
/// | a wait, or a pause of the run | as if it had not been tried |
/// | any other failure | the ask has failed |
/// | nothing that is known, with `repeat = never` | parked |
///
/// Later facts never change a settled ask: a reply that comes after the last attempt allowed is
/// paid for and left aside, which cannot happen to a job that asks only what it is owed, but for
/// calls that raced a crash.
sealed interface Asked {
  int REPEATED_ATTEMPTS_MAX = 3;
  int ATTEMPTS_MAX = 6;

  /// The first usable reply.
  record Answered(LlmReplied reply, Envelope.Usable envelope) implements Asked {}

  record Refused(String detail) implements Asked {}

  record Failed(FailureCause cause, String detail) implements Asked {}

  record Parked() implements Asked {}

  /// Still to be asked.
  ///
  /// @param attempts made so far, those left out that cost nothing
  record Open(int attempts) implements Asked {}

  static Asked fold(List<? extends CallEvent> calls, int ask, Bindings bindings) {
    boolean parks = bindings.repeat() == Repeat.NEVER;
    boolean unanswered = false;
    int repeated = 0;
    int retried = 0;
    for (CallEvent call : calls) {
      if (call.ask() != ask) {
        continue;
      }
      unanswered = call instanceof CallStarted;
      Asked end = end(call, bindings);
      switch (end) {
        case Open _ -> {}
        case Answered _, Refused _, Parked _ -> {
          return end;
        }
        case Failed(FailureCause cause, String _) -> {
          FailureCause.Consequence consequence = cause.consequence();
          repeated += consequence == FailureCause.Consequence.REPEAT ? 1 : 0;
          retried += consequence == FailureCause.Consequence.RETRY ? 1 : 0;
          if (consequence == FailureCause.Consequence.FINAL
              || repeated == REPEATED_ATTEMPTS_MAX
              || repeated + retried == ATTEMPTS_MAX) {
            return end;
          }
        }
      }
    }
    return parks && unanswered ? new Parked() : new Open(repeated + retried);
  }

  /// What one call alone comes to; `Failed` is the attempt's failure, not yet the ask's.
  private static Asked end(CallEvent call, Bindings bindings) {
    return switch (call) {
      case CallStarted _ -> new Open(0);
      case LlmReplied reply ->
          switch (Envelope.read(reply.body(), bindings.endpoint(reply.endpoint()).wire())) {
            case Envelope.Usable usable -> new Answered(reply, usable);
            case Envelope.Refused refused -> new Refused(refused.detail());
            case Envelope.Unusable unusable ->
                new Failed(FailureCause.UNUSABLE_REPLY, unusable.detail());
          };
      case CallFailed failed ->
          failed.cause() == FailureCause.UNKNOWN_OUTCOME && bindings.repeat() == Repeat.NEVER
              ? new Parked()
              : new Failed(failed.cause(), Excerpt.of(failed.detail()));
    };
  }
}
