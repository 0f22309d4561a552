package dev.alicorn.engine.llm;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// Attempts as a client might report them.
final class Answers {
  static final LlmAnswer.Attempt OK =
      new LlmAnswer.Replied(Bytes.utf8("{}"), LimitSignals.NONE, Duration.ofMillis(1));

  private Answers() {}

  static LlmAnswer.Attempt failed(FailureCause cause, int status) {
    return failed(cause, status, LimitSignals.NONE);
  }

  static LlmAnswer.Attempt failed(FailureCause cause, int status, LimitSignals signals) {
    return new LlmAnswer.Failed(
        cause, status, "it says so", Bytes.EMPTY, signals, Duration.ofMillis(1));
  }

  static LlmAnswer.Attempt rateLimited(Duration retryAfter) {
    return failed(
        FailureCause.RATE_LIMITED,
        429,
        new LimitSignals(Optional.of(retryAfter), Optional.empty(), Optional.empty()));
  }

  /// A reply whose headers advertise limits.
  static LlmAnswer.Attempt withLimits(long requestsPerMinute, long tokensPerMinute) {
    return new LlmAnswer.Replied(
        Bytes.utf8("{}"),
        new LimitSignals(
            Optional.empty(),
            Optional.of(whole(requestsPerMinute)),
            Optional.of(whole(tokensPerMinute))),
        Duration.ofMillis(1));
  }

  private static LimitSignals.Window whole(long limit) {
    return new LimitSignals.Window(OptionalLong.of(limit), OptionalLong.empty(), Optional.empty());
  }
}
