package dev.alicorn.engine.state;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.RecordId;

/// The texts of accepted captions and of open seeds, each read from its fact in the journal when it
/// is asked for.
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
    if (fact(record) instanceof LlmReplied reply && reply.record().equals(record)) {
      return judge
          .captionOf(reply)
          .orElseThrow(() ->
              new IllegalStateException("record " + record + "'s reply holds no caption any more"));
    }
    throw new IllegalStateException("record " + record + "'s caption is not where it was");
  }

  /// The text of the seed of a record whose caption is open.
  String seedOf(RecordId record) {
    if (fact(record) instanceof SeedAccepted seed && seed.record().equals(record)) {
      return seed.text();
    }
    throw new IllegalStateException("record " + record + "'s seed is not where it was");
  }

  private JournalEvent fact(RecordId record) {
    try {
      return journal.read(table.position(record));
    } catch (JournalException e) {
      throw new IllegalStateException("record " + record + "'s text cannot be read", e);
    }
  }
}
