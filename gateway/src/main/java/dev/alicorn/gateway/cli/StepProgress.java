package dev.alicorn.gateway.cli;

import dev.alicorn.engine.state.JobProgress;
import java.util.ArrayList;
import java.util.List;

/// How far one step is.
///
/// @param total what there is to do as far as it is known, at least `done`
/// @param grows whether `total` may still grow
record StepProgress(String name, long done, long total, boolean grows) {

  /// The steps of a job that have anything to do.
  static List<StepProgress> of(JobProgress job, boolean embeds) {
    List<StepProgress> steps = new ArrayList<>();
    steps.add(new StepProgress("captions", job.captionsSettled(), job.seeds(), !job.sealed()));
    long wanted = job.samplesWanted().values().stream().mapToLong(Long::longValue).sum();
    if (wanted > 0) {
      steps.add(new StepProgress("instructions", job.samples(), wanted, false));
    }
    if (embeds) {
      boolean captionsGrow = !job.sealed() || job.captionsSettled() < job.seeds();
      steps.add(
          new StepProgress(
              "embeddings",
              job.embedded() + job.embeddingsLost(),
              job.captionsAccepted(),
              captionsGrow));
    }
    return steps;
  }
}
