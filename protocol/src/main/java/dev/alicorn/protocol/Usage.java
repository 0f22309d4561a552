package dev.alicorn.protocol;

/// The tokens that an endpoint says it billed for one call.
///
/// @param inputTokens all tokens of the question, those that came out of a cache included; so it is
///   whatever the endpoint's own counting is (OpenAI's includes them, Anthropic's leaves them out)
/// @param cachedInputTokens those of `inputTokens` that the endpoint read from its cache
/// @param outputTokens all tokens of the answer, those of its reasoning included
public record Usage(long inputTokens, long cachedInputTokens, long outputTokens) {
  public static final Usage NONE = new Usage(0, 0, 0);

  public Usage {
    if (cachedInputTokens < 0 || inputTokens < cachedInputTokens || outputTokens < 0) {
      throw new IllegalArgumentException(
          "a usage is not negative and caches no more than its input: input "
              + inputTokens
              + ", cached "
              + cachedInputTokens
              + ", output "
              + outputTokens);
    }
  }

  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        cachedInputTokens + other.cachedInputTokens,
        outputTokens + other.outputTokens);
  }

  public long total() {
    return inputTokens + outputTokens;
  }
}
