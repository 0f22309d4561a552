package dev.alicorn.engine.failpoint;

import dev.alicorn.engine.failpoint.Place.Side;

/// A named point of the production code at which a process can be killed.
///
/// Each names where it lies: a method, or a call in it. `FailpointTest` fails when one of them is
/// not there any more.
@SuppressWarnings("ImmutableEnumChecker")
public enum Failpoint {
  /// A call is let through, its intent is not journaled; only with `repeat = never`.
  BEFORE_INTENT(Phase.CALLS, 60, Place.in("step.Calls$Dialogue", "started").at(Side.BEFORE)),
  /// A call is let through, its intent durable where it has one, and not handed to its client yet.
  AFTER_INTENT(Phase.CALLS, 60, Place.in("llm.Endpoint", "call").at(Side.BEFORE)),
  BEFORE_SEND(Phase.CALLS, 60, Place.in("llm.EndpointHttp", "call").at(Side.BEFORE)),
  AFTER_SEND(Phase.CALLS, 60, Place.in("llm.EndpointHttp", "call").at(Side.AFTER)),
  /// A body is there, nothing of it is journaled.
  AFTER_RECEIVE(Phase.CALLS, 60, Place.in("llm.Exchange", "finish").at(Side.BEFORE)),
  BEFORE_APPEND(Phase.WRITES, 120, Place.in("journal.QueueAppender", "append").at(Side.BEFORE)),
  /// Chronicle's write lock is held, nothing is written.
  DURING_APPEND(
      Phase.WRITES,
      120,
      Place.in("journal.QueueAppender", "append")
          .call("net.openhft.chronicle.bytes.Bytes", "write")
          .at(Side.BEFORE)),
  /// A fact stands in a mapped file, no barrier has covered it.
  AFTER_APPEND(Phase.WRITES, 120, Place.in("journal.QueueAppender", "append").at(Side.AFTER)),
  BEFORE_BARRIER(Phase.WRITES, 30, Place.in("journal.FileBarrier", "forceFile").at(Side.BEFORE)),
  AFTER_BARRIER(Phase.WRITES, 30, Place.in("journal.FileBarrier", "forceFile").at(Side.AFTER)),
  /// A batch is durable, nobody knows of it.
  BEFORE_ACKNOWLEDGEMENT(
      Phase.WRITES, 30, Place.in("journal.Acknowledger", "acknowledge").at(Side.BEFORE)),
  /// All of a batch's callers know that it is durable, and have gone on.
  AFTER_ACKNOWLEDGEMENT(
      Phase.WRITES, 30, Place.in("journal.AppendQueue", "settled").at(Side.AFTER)),
  BEFORE_MARKER_RENAME(
      Phase.WRITES,
      1,
      Place.in("journal.DurableMarker", "write")
          .call("java.nio.file.Files", "move")
          .at(Side.BEFORE)),
  AFTER_MARKER_RENAME(
      Phase.WRITES,
      1,
      Place.in("journal.DurableMarker", "write")
          .call("java.nio.file.Files", "move")
          .at(Side.AFTER)),
  BEFORE_INCARNATION_FOLDER(
      Phase.RECOVERY,
      1,
      Place.in("journal.Journal", "makeFolder")
          .call("java.nio.file.Files", "createDirectory")
          .at(Side.BEFORE)),
  AFTER_INCARNATION_FOLDER(
      Phase.RECOVERY,
      1,
      Place.in("journal.Journal", "makeFolder")
          .call("java.nio.file.Files", "createDirectory")
          .at(Side.AFTER)),
  BEFORE_RECOVERY(Phase.RECOVERY, 1, Place.in("journal.JournalEnd", "find").at(Side.BEFORE)),
  /// The end of the facts is found and forced to the disk; no incarnation is opened behind it.
  AFTER_END_IS_FOUND(Phase.RECOVERY, 1, Place.in("journal.JournalEnd", "find").at(Side.AFTER)),
  /// The new incarnation's first fact is durable.
  AFTER_INCARNATION_OPENED(Phase.RECOVERY, 1, Place.in("journal.Journal", "open").at(Side.AFTER)),
  /// What the job is run with is journaled.
  AFTER_BINDING(Phase.RECOVERY, 1, Place.in("job.OpenJob", "bind").at(Side.AFTER)),
  /// Amid the facts that are folded: two at least, of the start itself.
  DURING_FOLD(Phase.FOLD, 2, Place.in("state.JobState", "add").at(Side.BEFORE)),
  /// Again whenever the running job keeps a newer snapshot.
  BEFORE_SNAPSHOT_RENAME(
      Phase.RECOVERY,
      1,
      Place.in("state.SnapshotFile", "write").call("java.nio.file.Files", "move").at(Side.BEFORE)),
  AFTER_SNAPSHOT_RENAME(
      Phase.RECOVERY,
      1,
      Place.in("state.SnapshotFile", "write").call("java.nio.file.Files", "move").at(Side.AFTER)),
  AFTER_RECOVERY(Phase.RECOVERY, 1, Place.in("state.JobState", "endOfFacts").at(Side.AFTER)),
  /// All seeds are journaled, their seal is not.
  BEFORE_SEAL(
      Phase.SEAL,
      1,
      Place.in("job.SeedIntake", "next")
          .call("dev.alicorn.protocol.JournalEvent$SeedsSealed", "<init>")
          .at(Side.BEFORE)),
  /// The seal is durable.
  AFTER_SEAL(Phase.SEAL, 1, Place.in("job.JobStreams", "close").at(Side.BEFORE)),
  BEFORE_EXPORT(Phase.END, 1, Place.in("job.Job", "onAllSettled").at(Side.BEFORE)),
  /// Amid the facts that are laid apart for the dataset.
  DURING_SCATTER(Phase.END, 60, Place.in("replay.Scatter", "add").at(Side.BEFORE)),
  /// Facts are laid apart, records are about to be judged.
  DURING_SURVEY(Phase.END, 1, Place.in("replay.Survey", "judged").at(Side.BEFORE)),
  /// Rows are in the hands of the dataset's formats.
  DURING_WRITING(Phase.END, 1, Place.in("dataset.DatasetFolder", "add").at(Side.AFTER)),
  /// All rows are written, the manifest is empty.
  BEFORE_MANIFEST(Phase.END, 1, Place.in("dataset.PartialFolder", "complete").at(Side.BEFORE)),
  BEFORE_DATASET_RENAME(
      Phase.END,
      1,
      Place.in("dataset.PartialFolder", "complete")
          .call("java.nio.file.Files", "move")
          .at(Side.BEFORE)),
  AFTER_DATASET_RENAME(
      Phase.END,
      1,
      Place.in("dataset.PartialFolder", "complete")
          .call("java.nio.file.Files", "move")
          .at(Side.AFTER)),
  BEFORE_COMPLETION(Phase.END, 1, Place.in("job.Job", "onDatasetMade").at(Side.BEFORE)),
  /// The job's last fact is durable, its journal is open.
  AFTER_COMPLETION(Phase.END, 1, Place.in("job.Job", "onEnded").at(Side.BEFORE));

  private final Phase phase;
  private final int hitMax;
  private final Place place;

  /// When in a job's life a point is passed.
  public enum Phase {
    /// At each start.
    RECOVERY,
    /// At each start but the first.
    FOLD,
    /// Once in a job's life, when its seeds have been read.
    SEAL,
    /// At each call.
    CALLS,
    /// As long as there is something to journal.
    WRITES,
    /// When the rows are settled.
    END
  }

  Failpoint(Phase phase, int hitMax, Place place) {
    this.phase = phase;
    this.hitMax = hitMax;
    this.place = place;
  }

  public Phase phase() {
    return phase;
  }

  /// The highest hit at which a kill is worth trying: a job of a few hundred calls comes so far.
  public int hitMax() {
    return hitMax;
  }

  Place place() {
    return place;
  }
}
