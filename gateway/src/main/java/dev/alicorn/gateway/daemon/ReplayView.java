package dev.alicorn.gateway.daemon;

import dev.alicorn.engine.replay.ReplayProgress;
import java.util.Optional;

/// A replay of the daemon at one instant.
///
/// @param name of its dataset
/// @param progress while it runs
/// @param detail why it failed
public record ReplayView(
    String name, State state, Optional<ReplayProgress> progress, Optional<String> detail) {

  /// Where a replay stands.
  public enum State {
    /// Others are made first.
    WAITING("waiting"),
    RUNNING("running"),
    COMPLETED("completed"),
    CANCELLED("cancelled"),
    FAILED("failed");

    private final String key;

    State(String key) {
      this.key = key;
    }

    /// The word in JSON.
    public String key() {
      return key;
    }

    /// Whether nothing can change it any more.
    public boolean isFinal() {
      return this == COMPLETED || this == CANCELLED || this == FAILED;
    }
  }
}
