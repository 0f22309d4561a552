package dev.alicorn.engine.job;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.JobOpened;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A job as its folder has it, without running it.
///
/// @param dataset name of its dataset's folder, once it is completed
public record StoredJob(
    JobId id,
    JobSpec spec,
    Path baseFolder,
    Path folder,
    Instant createdAt,
    State state,
    Optional<String> dataset) {
  private static final Set<EventType> LIFE =
      Set.of(
          EventType.JOB_PAUSED,
          EventType.JOB_RESUMED,
          EventType.JOB_CANCELLED,
          EventType.JOB_COMPLETED,
          EventType.JOB_FAILED);

  /// How far its life is.
  public enum State {
    /// It has something left to do: it was interrupted, or it runs now.
    UNFINISHED,
    PAUSED,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  /// Reads a job's folder; empty where its journal breaks off before the job was opened.
  public static Optional<StoredJob> read(Path folder) throws JournalException, ConfigException {
    JobHeader header;
    try (JournalCursor cursor = JournalReader.open(folder.resolve("journal"))) {
      header = JobHeader.read(cursor);
    }
    if (header.job().isEmpty()) {
      return Optional.empty();
    }
    JobOpened opened = header.job().get();
    State state = State.UNFINISHED;
    Optional<String> dataset = Optional.empty();
    try (JournalCursor cursor = JournalReader.open(folder.resolve("journal"))) {
      for (JournalEntry entry = cursor.next(LIFE); entry != null; entry = cursor.next(LIFE)) {
        switch (entry.event()) {
          case JournalEvent.JobPaused _ -> state = State.PAUSED;
          case JournalEvent.JobResumed _ -> state = State.UNFINISHED;
          case JournalEvent.JobCancelled _ -> state = State.CANCELLED;
          case JournalEvent.JobFailed _ -> state = State.FAILED;
          case JournalEvent.JobCompleted completed -> {
            state = State.COMPLETED;
            dataset = Optional.of(completed.dataset());
          }
          default -> throw new IllegalStateException("no fact of a job's life: " + entry.event());
        }
      }
    }
    return Optional.of(
        new StoredJob(
            opened.job(),
            JobSpecJson.read(opened.specJson()),
            Path.of(opened.baseFolder()),
            folder,
            opened.createdAt(),
            state,
            dataset));
  }

  /// Whether it can be taken up again.
  public boolean resumable() {
    return state == State.UNFINISHED || state == State.PAUSED;
  }
}
