package dev.alicorn.engine.llm;

import dev.alicorn.protocol.Usage;

/// The tokens of a call, in and out: estimated or billed.
public record Tokens(long input, long output) {
  public static final Tokens NONE = new Tokens(0, 0);

  public static Tokens of(Usage usage) {
    return new Tokens(usage.inputTokens(), usage.outputTokens());
  }

  public long total() {
    return input + output;
  }
}
