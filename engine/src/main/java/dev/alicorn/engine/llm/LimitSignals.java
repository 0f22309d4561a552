package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What an endpoint's response headers said about its limits.
///
/// @param retryAfter no call before this has passed
/// @param tokens input and output together
public record LimitSignals(
    Optional<Duration> retryAfter,
    Optional<Window> requests,
    Optional<Window> tokens,
    Optional<Window> inputTokens,
    Optional<Window> outputTokens) {

  public static final LimitSignals NONE =
      new LimitSignals(Optional.empty(), Optional.empty(), Optional.empty());

  /// Signals that do not tell input from output.
  public LimitSignals(
      Optional<Duration> retryAfter, Optional<Window> requests, Optional<Window> tokens) {
    this(retryAfter, requests, tokens, Optional.empty(), Optional.empty());
  }

  /// One advertised limit.
  ///
  /// @param limit what a minute may hold
  /// @param remaining what is left of it
  /// @param reset until it is whole again
  public record Window(OptionalLong limit, OptionalLong remaining, Optional<Duration> reset) {
    boolean exhausted() {
      return remaining.isPresent() && remaining.getAsLong() <= 0;
    }
  }
}
