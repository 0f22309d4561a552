package dev.alicorn.engine.step;

import dev.alicorn.engine.llm.ChatRequest;
import dev.alicorn.engine.llm.Message;
import java.util.List;
import java.util.Optional;

/// The messages of a call: a rendered prompt, and on a re-ask what was wrong with the answer
/// before.
final class Prompting {
  private Prompting() {}

  static ChatRequest request(
      String model,
      String prompt,
      Optional<String> complaint,
      double temperature,
      int maxTokens,
      Optional<String> schema) {
    String content =
        complaint
            .map(wrong ->
                prompt
                    + "\n\nAn earlier answer could not be used: "
                    + wrong
                    + " Answer again, without that fault.")
            .orElse(prompt);
    return new ChatRequest(model, List.of(Message.user(content)), temperature, maxTokens, schema);
  }
}
