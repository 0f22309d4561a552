package dev.alicorn.config;

import dev.alicorn.protocol.Stage;

/// The built-in prompts, one Markdown file a stage.
///
/// The placeholder stands at the very end of each, so that a server can keep the part before it,
/// the same for every call of a stage, in its cache.
public final class Prompts {
  private Prompts() {}

  /// The template of a stage, with `{{seed}}` for the caption's and `{{caption}}` for the others'
  /// text.
  public static String builtin(Stage stage) {
    String file =
        switch (stage) {
          case CAPTION -> "caption";
          case INSTRUCT_MULTIPLE_CHOICE -> "multiple_choice";
          case INSTRUCT_QUESTION_ANSWERING -> "question_answering";
          case INSTRUCT_COMPLEX_REASONING -> "complex_reasoning";
        };
    return Resources.text("prompts/" + file + ".md");
  }
}
