package dev.alicorn.engine.llm;

import dev.alicorn.engine.prompt.ChatRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// One endpoint's wire: makes one attempt at a call, with no retry of its own.
public interface LlmClient {

  /// One attempt. Whatever the endpoint does is an answer; the stage completes exceptionally only
  /// for a bug of ours.
  CompletionStage<LlmAnswer.Attempt> call(ChatRequest request);

  /// Asks the endpoint whether it is there and takes the key, within 10 s: empty, or one sentence
  /// that says what is wrong and how to mend it.
  CompletionStage<Optional<String>> probe();
}
