package dev.alicorn.engine.state;

import dev.alicorn.protocol.TaskName;
import java.util.Map;

/// How far a job is, at one instant.
///
/// @param sealed whether `seeds` is final
/// @param captionsLost captions that were rejected, failed or parked
/// @param samplesWanted how many samples of each task the job asks for
/// @param losses how often each cause cost a caption, an embedding or a sample
public record JobProgress(
    long seeds,
    long seedsRefused,
    boolean sealed,
    long captionsAccepted,
    long captionsLost,
    long embedded,
    long embeddingsLost,
    Map<TaskName, Long> samplesWanted,
    Map<TaskName, Long> samplesAccepted,
    long samplesLost,
    Map<String, Long> losses) {

  /// Captions that need no further call.
  public long captionsSettled() {
    return captionsAccepted + captionsLost;
  }

  /// Samples that were accepted and are wanted, of all tasks.
  public long samples() {
    return samplesWanted.entrySet().stream()
        .mapToLong(
            task -> Math.min(task.getValue(), samplesAccepted.getOrDefault(task.getKey(), 0L)))
        .sum();
  }
}
