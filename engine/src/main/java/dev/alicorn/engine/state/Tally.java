package dev.alicorn.engine.job;

import dev.alicorn.protocol.TaskName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The counts of a running job, by outcome; written under the backlog's monitor.
final class Tally {
  long seeds;
  long seedsRefused;
  boolean sealed;
  long captionsAccepted;
  long captionsLost;
  long embedded;
  long embeddingsLost;
  private final Map<TaskName, Long> samplesAccepted = new TreeMap<>();
  private long samplesLost;
  private final Map<String, Long> losses = new TreeMap<>();

  void sampleAccepted(TaskName task) {
    samplesAccepted.merge(task, 1L, Long::sum);
  }

  void sampleLost() {
    samplesLost++;
  }

  /// @param reason what was lost and why, such as `caption rejected(too_long)`
  void lost(String reason) {
    losses.merge(reason, 1L, Long::sum);
  }

  JobProgress snapshot(Map<TaskName, Long> wanted) {
    return new JobProgress(
        seeds,
        seedsRefused,
        sealed,
        captionsAccepted,
        captionsLost,
        embedded,
        embeddingsLost,
        wanted,
        Collections.unmodifiableMap(new TreeMap<>(samplesAccepted)),
        samplesLost,
        Collections.unmodifiableMap(new TreeMap<>(losses)));
  }
}
