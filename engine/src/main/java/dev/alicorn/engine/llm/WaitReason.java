package dev.alicorn.engine.llm;

/// What a call that is not made yet waits for.
public enum WaitReason {
  IN_FLIGHT("a call in flight to end"),
  REQUESTS_PER_MINUTE("the requests-per-minute limit"),
  TOKENS_PER_MINUTE("the tokens-per-minute limit"),
  INPUT_TOKENS_PER_MINUTE("the limit of input tokens a minute"),
  OUTPUT_TOKENS_PER_MINUTE("the limit of output tokens a minute"),
  RETRY_AFTER("the time that the endpoint asked for"),
  RETRY_BUDGET("the retry budget"),
  BACKOFF("its backoff"),
  ENDPOINT_DOWN("the endpoint to work again");

  private final String text;

  WaitReason(String text) {
    this.text = text;
  }

  /// What goes after "waits for".
  public String text() {
    return text;
  }
}
