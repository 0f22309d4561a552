package dev.alicorn.engine.job;

import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.state.JobState;
import dev.alicorn.engine.state.Snapshot;
import dev.alicorn.engine.state.SnapshotFile;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobSpec.Budget;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a job's snapshot near the end of its journal while the job runs.
///
/// The snapshot is folded from what the journal holds durably, beside the running job and without
/// its help, so that it can never say what the journal does not. One that cannot be written is done
/// without: the next start folds more. Thread-safe.
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final int FACTS_BETWEEN_LOOKS = 4_096;

  private final SnapshotFile file;
  private final JobSetup setup;
  private final Journal journal;
  private final Bindings bindings;
  private final Judge judge;
  private final ContentHash basis;
  private volatile long coveredSeq;
  private volatile boolean closed;

  Snapshots(SnapshotFile file, JobSetup setup, Journal journal, Bindings bindings) {
    this.file = file;
    this.setup = setup;
    this.journal = journal;
    this.bindings = bindings;
    this.judge = new Judge(setup.spec().recipe(), bindings);
    this.basis = basis(setup);
  }

  private static ContentHash basis(JobSetup setup) {
    return Snapshot.basis(
        setup.version(), JobSpecJson.write(setup.spec().within(Budget.UNLIMITED)));
  }

  /// The snapshot that a job was left with, where it holds for the job as it is set up now.
  static Optional<Snapshot> read(SnapshotFile file, JobSetup setup) {
    try {
      return file.read().filter(snapshot -> snapshot.basis().equals(basis(setup)));
    } catch (IOException e) {
      LOG.warn("job {}: its snapshot cannot be read: {}", setup.id(), e.toString());
      return Optional.empty();
    }
  }

  /// The state behind all facts that are durable now.
  ///
  /// @param snapshot to begin with, where the journal holds its last fact
  JobState fold(Optional<Snapshot> snapshot) throws JournalException {
    long lastSeq = journal.durableSeq();
    Optional<JournalCursor> behind =
        snapshot.isPresent() ? journal.cursorBehind(snapshot.get().end()) : Optional.empty();
    try (JournalCursor cursor = behind.isPresent() ? behind.get() : journal.cursor()) {
      coveredSeq = cursor.seq();
      boolean streamed = setup.spec().isStreamed();
      JobState state =
          behind.isPresent()
              ? new JobState(journal, judge, bindings, streamed, snapshot.get())
              : new JobState(journal, judge, bindings, streamed);
      do {
        state.fold(cursor, Math.min(lastSeq, cursor.seq() + FACTS_BETWEEN_LOOKS));
      } while (cursor.seq() < lastSeq && !closed);
      if (isDue(lastSeq)) {
        write(state);
      }
      return state;
    }
  }

  /// Whether a start now would have to fold more than it should.
  boolean isDue() {
    return isDue(journal.durableSeq());
  }

  private boolean isDue(long lastSeq) {
    return lastSeq - coveredSeq >= setup.factsPerSnapshot();
  }

  /// Brings the snapshot up to the end of the journal.
  synchronized void advance() {
    try {
      JobState state = fold(read(file, setup));
      if (state.end().seq() > coveredSeq) {
        write(state);
      }
    } catch (JournalException e) {
      LOG.warn("job {} keeps no newer snapshot: {}", setup.id(), e.getMessage());
    }
  }

  private void write(JobState state) {
    if (closed) {
      return;
    }
    try {
      if (setup.disk().shortage(setup.folder(), false).isEmpty()) {
        file.write(state.snapshot(basis));
      }
    } catch (IOException e) {
      LOG.warn("job {}: its snapshot cannot be written: {}", setup.id(), e.toString());
    }
    coveredSeq = state.end().seq();
  }

  /// Ends what is under way.
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      // Whoever advanced has seen it.
    }
  }
}
