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
}
