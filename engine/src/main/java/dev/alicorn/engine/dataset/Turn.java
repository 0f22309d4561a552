package dev.alicorn.engine.dataset;

/// One turn of a conversation.
public record Turn(Role from, String value) {

  /// What stands for the image in the first human turn.
  public static final String IMAGE = "<image>";

  public Turn {
    value = WellFormed.text(value);
  }

  static Turn human(String value) {
    return new Turn(Role.HUMAN, value);
  }

  static Turn gpt(String value) {
    return new Turn(Role.GPT, value);
  }

  /// Who speaks, under the names that trainers know.
  public enum Role {
    HUMAN("human"),
    GPT("gpt");

    private final String key;

    Role(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
