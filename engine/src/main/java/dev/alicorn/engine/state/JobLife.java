package dev.alicorn.engine.state;

import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.util.Optional;
import java.util.Set;

/// How far a job's life is, by the last fact that says so.
///
/// @param pause why it is paused, if it is
/// @param detail the same as a sentence, or why it failed
/// @param dataset name of its dataset's folder, once it is completed
public record JobLife(
    Phase phase, Optional<PauseReason> pause, Optional<String> detail, Optional<String> dataset) {
  public static final JobLife BEGUN = in(Phase.UNFINISHED);

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

  private static JobLife in(Phase phase) {
    return new JobLife(phase, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The life behind one more fact of the job.
  public JobLife after(JournalEvent fact) {
    return switch (fact) {
      case JournalEvent.JobPaused(var reason, var why, var _) ->
          new JobLife(Phase.PAUSED, Optional.of(reason), Optional.of(why), Optional.empty());
      case JournalEvent.JobResumed _ -> in(Phase.UNFINISHED);
      case JournalEvent.JobCancelled _ -> in(Phase.CANCELLED);
      case JournalEvent.JobFailed(var why, var _) ->
          new JobLife(Phase.FAILED, Optional.empty(), Optional.of(why), Optional.empty());
      case JournalEvent.JobCompleted completed ->
          new JobLife(
              Phase.COMPLETED,
              Optional.empty(),
              Optional.empty(),
              Optional.of(completed.dataset()));
      default -> this;
    };
  }

  /// Whether the job can be taken up again.
  public boolean resumable() {
    return phase == Phase.UNFINISHED || phase == Phase.PAUSED;
  }
}
