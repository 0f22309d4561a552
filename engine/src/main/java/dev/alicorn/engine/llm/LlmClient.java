package dev.alicorn.engine.llm;

import dev.alicorn.engine.prompt.ChatRequest;
import java.util.concurrent.CompletionStage;

/// One endpoint's wire: makes one attempt at a call, with no retry of its own.
public interface LlmClient {

  /// One attempt. Whatever the endpoint does is an answer; the stage completes exceptionally only
  /// for a bug of ours.
  CompletionStage<LlmAnswer.Attempt> call(ChatRequest request);

  /// Asks the endpoint whether it is there, takes the key and has the model, and what it can do.
  /// Makes no call that could be billed; takes 20 s at most.
  CompletionStage<Probe> probe();
}
