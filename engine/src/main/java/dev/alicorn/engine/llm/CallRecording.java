package dev.alicorn.engine.llm;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// An attempt at a call, for JDK Flight Recorder: from when it was let through to its answer.
@Name("dev.alicorn.Call")
@Label("LLM call")
@Category("Alicorn")
@StackTrace(false)
final class CallRecording extends Event {
  @Label("Endpoint")
  String endpoint;

  @Label("Outcome")
  @Nullable String outcome;

  CallRecording(String endpoint) {
    this.endpoint = endpoint;
  }

  /// Ends it with an answer.
  void ended(LlmAnswer.Attempt attempt) {
    end();
    if (shouldCommit()) {
      outcome =
          attempt instanceof LlmAnswer.Failed failed
              ? failed.cause().key()
              : EndpointSnapshot.REPLIED;
      commit();
    }
  }
}
