package dev.alicorn.engine.prompt;

/// One turn of the conversation that an LLM is asked to go on with.
public record Message(Role role, String content) {

  /// Who speaks.
  public enum Role {
    SYSTEM("system"),
    USER("user"),
    ASSISTANT("assistant");

    private final String key;

    Role(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  public static Message system(String content) {
    return new Message(Role.SYSTEM, content);
  }

  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }
}
