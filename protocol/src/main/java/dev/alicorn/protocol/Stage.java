package dev.alicorn.protocol;

/// What an LLM call is for: a record is called upon once for its caption and, if it is drawn, once
/// for the task that it is drawn for.
public enum Stage {
  CAPTION("caption"),
  INSTRUCT_MULTIPLE_CHOICE("instruct_multiple_choice"),
  INSTRUCT_QUESTION_ANSWERING("instruct_question_answering"),
  INSTRUCT_COMPLEX_REASONING("instruct_complex_reasoning");

  private final String key;

  Stage(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
