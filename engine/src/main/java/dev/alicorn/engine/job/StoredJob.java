package dev.alicorn.engine.job;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.engine.state.JobLife;
import dev.alicorn.engine.state.Snapshot;
import dev.alicorn.engine.state.SnapshotFile;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.JobOpened;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A job as its folder has it, without running it.
public record StoredJob(
    JobId id, JobSpec spec, Path baseFolder, Path folder, Instant createdAt, JobLife life) {

  /// Reads a job's folder; empty where its journal breaks off before the job was opened.
  ///
  /// Where the job has a snapshot, only the facts behind it are read. Damage that hides facts
  /// behind its last one is found by whoever opens or replays it.
  public static Optional<StoredJob> read(Path folder) throws JournalException, ConfigException {
    JobHeader header;
    try (JournalCursor cursor = JournalReader.skim(journal(folder))) {
      header = JobHeader.read(cursor);
    }
    if (header.job().isEmpty()) {
      return Optional.empty();
    }
    JobOpened opened = header.job().get();
    return Optional.of(
        new StoredJob(
            opened.job(),
            JobSpecJson.read(opened.specJson()),
            Path.of(opened.baseFolder()),
            folder,
            opened.createdAt(),
            life(folder)));
  }

  private static JobLife life(Path folder) throws JournalException {
    Optional<Snapshot> snapshot;
    try {
      snapshot = new SnapshotFile(folder).read();
    } catch (IOException _) {
      snapshot = Optional.empty();
    }
    if (snapshot.isPresent()) {
      Optional<JournalCursor> behind =
          JournalReader.skimBehind(journal(folder), snapshot.get().end());
      if (behind.isPresent()) {
        try (JournalCursor cursor = behind.get()) {
          return life(cursor, snapshot.get().life());
        }
      }
    }
    try (JournalCursor cursor = JournalReader.skim(journal(folder))) {
      return life(cursor, JobLife.BEGUN);
    }
  }

  private static JobLife life(JournalCursor cursor, JobLife before) throws JournalException {
    JobLife life = before;
    for (JournalEntry entry = cursor.next(JobLife.FACTS);
        entry != null;
        entry = cursor.next(JobLife.FACTS)) {
      life = life.after(entry.event());
    }
    return life;
  }

  private static Path journal(Path folder) {
    return folder.resolve("journal");
  }
}
