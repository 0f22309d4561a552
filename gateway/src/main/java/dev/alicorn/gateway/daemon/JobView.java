package dev.alicorn.gateway.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.state.JobProgress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// A job of the daemon at one instant.
///
/// @param pause why it is paused, if it is
/// @param detail the same as a sentence, or why it failed, or what it waits for while it runs
/// @param progress of a job that has run since the daemon started
/// @param bill what its calls have cost, likewise
/// @param toldBefore what an earlier daemon told of it last, where this one has not run it
/// @param dataset name of its dataset's folder, once it is completed
public record JobView(
    JobId id,
    JobSpec spec,
    Instant createdAt,
    State state,
    Optional<PauseReason> pause,
    Optional<String> detail,
    Optional<JobProgress> progress,
    Optional<Statement> bill,
    Optional<JsonNode> toldBefore,
    Optional<String> dataset) {

  /// Where a job stands.
  public enum State {
    RUNNING("running"),
    /// Calls in flight end, nothing further is begun; then it is paused or cancelled.
    DRAINING("draining"),
    PAUSED("paused"),
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

    public static Optional<State> ofKey(String key) {
      return Arrays.stream(values()).filter(state -> state.key.equals(key)).findFirst();
    }

    /// Whether nothing can change it any more.
    public boolean isFinal() {
      return this == COMPLETED || this == CANCELLED || this == FAILED;
    }
  }
}
