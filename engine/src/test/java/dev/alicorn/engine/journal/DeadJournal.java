package dev.alicorn.engine.journal;

import java.nio.file.Path;

/// A journal whose writer is dead: all that its next opening will find, though its last barriers
/// may be unknown to a reader.
public final class DeadJournal {
  private DeadJournal() {}

  /// A cursor from the first fact to the last of the chain.
  public static JournalCursor open(Path journalFolder) throws JournalException {
    long lastSeq =
        switch (JournalVerify.verify(journalFolder)) {
          case JournalVerify.Clean clean -> clean.lastSeq();
          case JournalVerify.TornTail torn -> torn.lastSeq();
          case JournalVerify.Corrupt corrupt ->
              throw new IllegalStateException(journalFolder + " is damaged: " + corrupt);
        };
    return new JournalCursor(ChainWalker.fromStart(new JournalFolder(journalFolder)), _ -> lastSeq);
  }
}
