package dev.alicorn.engine.prompt;

import dev.alicorn.config.ReplySchemas;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Task;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The questions of a job's steps: a rendered prompt, and on a re-ask what was wrong with the
/// answer before.
public final class Prompting {
  private Prompting() {}

  /// The question that asks for a seed's caption.
  ///
  /// @param model the model that the spec's endpoint was bound to
  /// @param complaint what was wrong with the answer to the ask before
  public static ChatRequest caption(
      JobSpec.Caption spec, String model, String seed, Optional<String> complaint) {
    return request(
        model,
        spec.prompt().replace("{{seed}}", seed),
        complaint,
        spec.temperature(),
        spec.maxTokens(),
        Optional.empty());
  }

  /// The question that asks for a caption's sample.
  ///
  /// @param model the model that the spec's endpoint was bound to
  /// @param complaint what was wrong with the answer to the ask before
  public static ChatRequest sample(
      JobSpec.Instruct spec, Task task, String model, String caption, Optional<String> complaint) {
    return request(
        model,
        Objects.requireNonNull(spec.prompts().get(task)).replace("{{caption}}", caption),
        complaint,
        spec.temperature(),
        spec.maxTokens(),
        Optional.of(ReplySchemas.of(task)));
  }

  private static ChatRequest request(
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
