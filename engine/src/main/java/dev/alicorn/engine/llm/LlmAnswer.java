package dev.alicorn.engine.llm;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent;
import java.time.Duration;

/// What became of a question to an endpoint.
public sealed interface LlmAnswer {

  /// What became of a call that was made; each one is a fact for the journal.
  sealed interface Attempt extends LlmAnswer {
    LimitSignals signals();

    /// From the call to the last byte, or to the failure.
    Duration latency();
  }

  /// A complete body that came with status 200, unread, the endpoint's key scrubbed out of it.
  record Replied(Bytes body, LimitSignals signals, Duration latency) implements Attempt {}

  /// An attempt that gave no complete reply.
  ///
  /// @param status the HTTP status, 0 where none came
  /// @param detail one line, what the endpoint or the network said
  /// @param body what came of a body
  record Failed(
      FailureCause cause,
      int status,
      String detail,
      Bytes body,
      LimitSignals signals,
      Duration latency)
      implements Attempt {}

  /// No call was made, and none will be until somebody sees to it: the run must pause.
  ///
  /// @param detail one sentence: what, where, how to mend
  record Unavailable(JournalEvent.PauseReason reason, String detail) implements LlmAnswer {}
}
