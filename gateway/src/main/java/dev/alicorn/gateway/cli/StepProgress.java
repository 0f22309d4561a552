package dev.alicorn.gateway.cli;

import dev.alicorn.engine.replay.ReplayProgress;
import dev.alicorn.engine.replay.ReplayProgress.StageProgress;
import dev.alicorn.engine.state.JobProgress;
import java.util.ArrayList;
import java.util.List;

/// How far one step is.
///
/// @param total what there is to do as far as it is known, at least `done`
/// @param grows whether `total` may still grow
record StepProgress(String name, long done, long total, boolean grows) {
  private static final long MEGABYTE = 1_000_000;

  /// Whether all is done.
  boolean ended() {
    return !grows && done == total;
  }

  /// A step that goes through bytes, shown in MB.
  static StepProgress ofBytes(String name, long done, long total) {
    return new StepProgress(
        name + ", MB", Math.ceilDiv(done, MEGABYTE), Math.ceilDiv(total, MEGABYTE), false);
  }

  /// The stages of a replay that have begun.
  static List<StepProgress> of(ReplayProgress replay) {
    return replay.stages().stream().map(StepProgress::of).toList();
  }

  private static StepProgress of(StageProgress stage) {
    return switch (stage.stage()) {
      case READING -> ofBytes("reading", stage.done(), stage.total());
      case COMPARING -> new StepProgress("comparing, records", stage.done(), stage.total(), false);
      case JUDGING -> new StepProgress("judging, records", stage.done(), stage.total(), false);
      case FITTING -> new StepProgress("fitting, records", stage.done(), stage.total(), false);
      case WRITING -> new StepProgress("writing, rows", stage.done(), stage.total(), false);
    };
  }

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
