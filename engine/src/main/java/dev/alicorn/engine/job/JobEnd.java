package dev.alicorn.engine.job;

import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.engine.state.JobProgress;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import dev.alicorn.protocol.TaskName;
import java.util.Map;

/// How a job's run here ended.
public sealed interface JobEnd {
  JobProgress progress();

  Statement bill();

  /// Its dataset is made.
  ///
  /// @param shortfalls samples that could not be had, since no caption was left to draw
  record Completed(
      JobProgress progress, Statement bill, ReplayResult dataset, Map<TaskName, Long> shortfalls)
      implements JobEnd {}

  /// It stopped for a reason that somebody can mend, and goes on from here when it is run again.
  record Paused(JobProgress progress, Statement bill, PauseReason reason, String detail)
      implements JobEnd {}

  /// It was cancelled, for good.
  record Cancelled(JobProgress progress, Statement bill) implements JobEnd {}

  /// It was left where it was, and the next start goes on with it.
  record Left(JobProgress progress, Statement bill) implements JobEnd {}
}
