package dev.alicorn.engine.explain;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent.JobCompleted;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.RecordId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One reading of a journal for the sake of one record.
///
/// @param facts the record's own, in seq order
/// @param records how many records the job has, once that is known
/// @param completed whether the job's dataset was made
/// @param lastSeq the last fact that is sound and durable
/// @param damage what ended the reading before the last barrier
record RecordScan(
    List<JournalEntry> facts,
    OptionalLong records,
    boolean completed,
    long lastSeq,
    Optional<JournalException> damage) {
  private static final Set<EventType> TYPES =
      Set.of(
          EventType.SEED_ACCEPTED,
          EventType.SEEDS_SEALED,
          EventType.CALL_STARTED,
          EventType.LLM_REPLIED,
          EventType.CALL_FAILED,
          EventType.TEXT_EMBEDDED,
          EventType.EMBEDDING_FAILED,
          EventType.JOB_COMPLETED);

  static RecordScan of(Path journalFolder, RecordId record) throws JournalException {
    List<JournalEntry> facts = new ArrayList<>();
    OptionalLong records = OptionalLong.empty();
    boolean completed = false;
    Optional<JournalException> damage = Optional.empty();
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      try {
        for (JournalEntry entry = cursor.next(TYPES); entry != null; entry = cursor.next(TYPES)) {
          if (record.equals(RecordFacts.owner(entry.event()))) {
            facts.add(entry);
          } else if (entry.event() instanceof SeedsSealed sealed) {
            records = OptionalLong.of(sealed.accepted());
          } else if (entry.event() instanceof JobCompleted) {
            completed = true;
          }
        }
      } catch (JournalException e) {
        if (e.kind() != JournalException.Kind.CORRUPT) {
          throw e;
        }
        damage = Optional.of(e);
      }
      return new RecordScan(facts, records, completed, cursor.seq(), damage);
    }
  }

  /// The facts as the judge takes them.
  RecordFacts judged(RecordId record) {
    RecordFacts judged = RecordFacts.of(record);
    for (JournalEntry fact : facts) {
      judged = judged.with(fact.event());
    }
    return judged;
  }
}
