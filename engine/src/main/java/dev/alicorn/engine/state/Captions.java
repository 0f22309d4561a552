package dev.alicorn.engine.state;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.RecordId;

/// The texts of accepted captions, each read and parsed from its reply in the journal when it is
/// asked for.
public final class Captions {
  private final Journal journal;
  private final RecordTable table;
  private final Judge judge;

  Captions(Journal journal, RecordTable table, Judge judge) {
    this.journal = journal;
    this.table = table;
    this.judge = judge;
  }

  public String of(RecordId record) {
    try {
      JournalEvent fact = journal.read(table.captionPosition(record));
      if (fact instanceof LlmReplied reply && reply.record().equals(record)) {
        return judge
            .captionOf(reply)
            .orElseThrow(() ->
                new IllegalStateException(
                    "record " + record + "'s reply holds no caption any more"));
      }
      throw new IllegalStateException(
          "record "
              + record
              + "'s caption is not where it was: "
              + fact.getClass().getSimpleName()
              + " lies there");
    } catch (JournalException e) {
      throw new IllegalStateException("record " + record + "'s caption cannot be read", e);
    }
  }
}
