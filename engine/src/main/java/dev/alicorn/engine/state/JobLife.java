package dev.alicorn.engine.state;

import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent;
import java.util.Optional;
import java.util.Set;

/// How far a job's life is, by the last fact that says so.
///
/// @param dataset name of its dataset's folder, once it is completed
public record JobLife(Phase phase, Optional<String> dataset) {
  public static final JobLife BEGUN = new JobLife(Phase.UNFINISHED, Optional.empty());

  /// The facts that change it.
  public static final Set<EventType> FACTS =
      Set.of(
          EventType.JOB_PAUSED,
          EventType.JOB_RESUMED,
          EventType.JOB_CANCELLED,
          EventType.JOB_COMPLETED,
          EventType.JOB_FAILED);

  /// Where a job stands when nobody runs it.
  public enum Phase {
    /// It has something left to do: it was interrupted, or it runs now.
    UNFINISHED,
    PAUSED,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  /// The life behind one more fact of the job.
  public JobLife after(JournalEvent fact) {
    return switch (fact) {
      case JournalEvent.JobPaused _ -> new JobLife(Phase.PAUSED, dataset);
      case JournalEvent.JobResumed _ -> new JobLife(Phase.UNFINISHED, dataset);
      case JournalEvent.JobCancelled _ -> new JobLife(Phase.CANCELLED, dataset);
      case JournalEvent.JobFailed _ -> new JobLife(Phase.FAILED, dataset);
      case JournalEvent.JobCompleted completed ->
          new JobLife(Phase.COMPLETED, Optional.of(completed.dataset()));
      default -> this;
    };
  }

  /// Whether the job can be taken up again.
  public boolean resumable() {
    return phase == Phase.UNFINISHED || phase == Phase.PAUSED;
  }
}
