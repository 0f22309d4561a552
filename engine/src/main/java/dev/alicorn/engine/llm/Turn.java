package dev.alicorn.engine.llm;

import dev.alicorn.protocol.FailureCause;
import java.util.Optional;

/// Which try at a call this is, and after what: decides whether it waits and whether it is a retry.
///
/// @param attempts attempts so far that count against the row
/// @param last why the last attempt failed; empty for a first one, and where a complete reply was
///   unusable
/// @param lastEndpoint where the last attempt was made; another one is preferred
public record Turn(int attempts, Optional<FailureCause> last, Optional<String> lastEndpoint) {
  public static final Turn FIRST = new Turn(0, Optional.empty(), Optional.empty());

  public Turn {
    if (attempts < 0) {
      throw new IllegalArgumentException("attempts: at least 0, not " + attempts);
    }
  }

  /// The turn that follows a failed attempt.
  ///
  /// @param attempts attempts so far that count against the row
  public static Turn after(FailureCause last, int attempts, String lastEndpoint) {
    return new Turn(attempts, Optional.of(last), Optional.of(lastEndpoint));
  }

  /// Whether the endpoint has seen this call before.
  boolean retry() {
    return attempts > 0 || last.filter(cause -> cause != FailureCause.NOT_SENT).isPresent();
  }

  /// Whether it draws on the retry budget: after an error of the server. Where the endpoint says
  /// how much is too much its limits pace the calls, and a call that may have been billed is
  /// repeated only twice.
  boolean budgeted() {
    return last.map(cause -> cause.consequence() == FailureCause.Consequence.RETRY).orElse(false);
  }

  /// How often the backoff has doubled; empty where the row does not back off, since the endpoint
  /// as a whole does.
  Optional<Integer> backoff() {
    boolean waits =
        last.map(cause -> cause.consequence() == FailureCause.Consequence.WAIT).orElse(false);
    return attempts == 0 || waits ? Optional.empty() : Optional.of(attempts - 1);
  }
}
