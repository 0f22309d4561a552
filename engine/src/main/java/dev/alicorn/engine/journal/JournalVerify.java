package dev.alicorn.engine.journal;

import java.nio.file.Path;
import java.util.OptionalLong;

/// The check of a whole journal: every envelope, every link, and what should be there by the marker
/// and by what later envelopes knew. Read-only, without a lock, also beside a live writer.
public final class JournalVerify {
  private JournalVerify() {}

  /// What a check found.
  public sealed interface Result {}

  /// Every fact up to the last is intact and nothing else is there.
  public record Clean(long lastSeq) implements Result {}

  /// Every durable fact is intact; behind the last stands what a crash left, which opening the
  /// journal cuts off.
  ///
  /// @param reason what ends the chain of facts
  /// @param offset the byte of the file behind the last fact
  /// @param recordsBehind intact records that opening will cut off
  /// @param bytesBehind bytes that opening will cut off
  public record TornTail(
      long lastSeq, String reason, Path file, long offset, long recordsBehind, long bytesBehind)
      implements Result {}

  /// A fact that was durable is damaged or missing.
  ///
  /// @param sentence all of it for people, with the mend
  public record Corrupt(
      String what, Path file, OptionalLong offset, OptionalLong seq, String sentence)
      implements Result {}

  /// Checks a journal.
  ///
  /// @throws JournalException where there is none, where it cannot be read, and where a newer
  ///   Alicorn wrote it
  public static Result verify(Path journalFolder) throws JournalException {
    JournalFolder folder = new JournalFolder(journalFolder);
    folder.requirePresent();
    try {
      DurableEvidence evidence = new DurableEvidence(folder, DurableMarker.read(folder));
      try (ChainWalker walker = ChainWalker.fromStart(folder)) {
        TailScan tail = evidence.drain(walker);
        FactScanner.Stop stop = walker.stop();
        return tail.bytes() == 0
            ? new Clean(walker.lastSeq())
            : new TornTail(
                walker.lastSeq(),
                stop.reason(),
                stop.place().file(),
                stop.place().offset(),
                tail.records(),
                tail.bytes());
      }
    } catch (JournalException e) {
      if (e.kind() != JournalException.Kind.CORRUPT) {
        throw e;
      }
      return new Corrupt(e.what(), e.file(), e.offset(), e.seq(), String.valueOf(e.getMessage()));
    }
  }
}
