package dev.alicorn.protocol;

/// The shape of the bodies that an endpoint speaks, which is what its replies are parsed by.
public enum WireFormat {
  /// `POST {url}/chat/completions` as OpenAI, vLLM, SGLang, llama.cpp, Ollama and Together have it.
  OPENAI_CHAT("openai-chat"),
  /// `POST {url}/messages` as Anthropic has it.
  ANTHROPIC_MESSAGES("anthropic-messages");

  private final String key;

  WireFormat(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
