package dev.alicorn.engine.kill;

import dev.alicorn.engine.replay.FileHashes;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What a job makes that nobody kills.
///
/// @param files the hash of each file that trainers read
/// @param replies the body's hash of each call
record Undisturbed(FileHashes files, Map<CallKey, ContentHash> replies) {
  static Undisturbed of(Path journal, Path dataset) throws Exception {
    return new Undisturbed(FileHashes.of(dataset).forTrainers(), JournalFold.of(journal).replies());
  }

  /// Whether a dataset has the same files for trainers.
  boolean equalsDataset(Path dataset) throws IOException {
    return !files.byPath().isEmpty() && FileHashes.of(dataset).forTrainers().equals(files);
  }

  /// Whether a run has made the same.
  ///
  /// With `repeat = never` some rows may be parked, which changes the vectors of all others: then
  /// the replies that are there must be the same, and the dataset what a replay makes of them.
  boolean equalsRun(KilledJob job, JournalFold journal) throws Exception {
    if (!job.shape().never()) {
      return equalsDataset(job.dataset());
    }
    Path again = job.dataset().resolveSibling("again");
    ReplayResult replayed = Replay.of(job.journal(), "test").into(again);
    return replies.entrySet().containsAll(journal.replies().entrySet())
        && withoutSeq(replayed.folder()).equals(withoutSeq(job.dataset()))
        && FileHashes.of(again).forTrainers().equals(FileHashes.of(job.dataset()).forTrainers());
  }

  /// The manifest without the number of facts, which grows with each start.
  private static String withoutSeq(Path dataset) throws IOException {
    return Files.readString(dataset.resolve("manifest.json"))
        .replaceAll("\"journal_seq\" : \\d+", "");
  }
}
