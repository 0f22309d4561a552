package dev.alicorn.engine.llm;

/// The tokens of a call, in and out: estimated or billed.
public record Tokens(long input, long output) {
  public static final Tokens NONE = new Tokens(0, 0);

  public long total() {
    return input + output;
  }
}
