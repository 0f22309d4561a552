package dev.alicorn.protocol;

/// A kind of instruction conversation; its snake-case name is its key in `instruct.tasks` and in
/// dataset files.
public enum Task {
  MULTIPLE_CHOICE("multiple_choice", Stage.INSTRUCT_MULTIPLE_CHOICE),
  QUESTION_ANSWERING("question_answering", Stage.INSTRUCT_QUESTION_ANSWERING),
  COMPLEX_REASONING("complex_reasoning", Stage.INSTRUCT_COMPLEX_REASONING);

  private final String key;
  private final Stage stage;

  Task(String key, Stage stage) {
    this.key = key;
    this.stage = stage;
  }

  public String key() {
    return key;
  }

  public Stage stage() {
    return stage;
  }

  /// The task of an instruct stage.
  public static Task of(Stage stage) {
    return switch (stage) {
      case INSTRUCT_MULTIPLE_CHOICE -> MULTIPLE_CHOICE;
      case INSTRUCT_QUESTION_ANSWERING -> QUESTION_ANSWERING;
      case INSTRUCT_COMPLEX_REASONING -> COMPLEX_REASONING;
      case CAPTION -> throw new IllegalArgumentException("a caption is no instruct task");
    };
  }
}
