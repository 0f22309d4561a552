package dev.alicorn.engine.records;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The records that the first facts of a journal settle, for a job that is not running.
public final class FirstRecords {
  private static final long FACTS_MAX = 100_000;

  private final Judge judge;
  private final RecentRecords into;
  private final Map<RecordId, SeedAccepted> seeds = new HashMap<>();
  private final Map<RecordId, String> captions = new HashMap<>();
  private final Map<Asked, List<CallEvent>> open = new HashMap<>();

  private record Asked(RecordId record, Stage stage) {}

  private FirstRecords(Judge judge, RecentRecords into) {
    this.judge = judge;
    this.into = into;
  }

  /// Reads the first facts of a journal.
  public static void read(Path journalFolder, JobSpec spec, RecentRecords into)
      throws JournalException {
    JobHeader header;
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      header = JobHeader.read(cursor);
    }
    Judge judge = new Judge(spec.recipe(), Bindings.of(spec, header.endpoints(), header.encoder()));
    FirstRecords records = new FirstRecords(judge, into);
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      for (JournalEntry entry = cursor.next();
          entry != null && entry.seq() <= FACTS_MAX;
          entry = cursor.next()) {
        switch (entry.event()) {
          case SeedAccepted seed -> records.seeds.put(seed.record(), seed);
          case CallStarted _ -> {}
          case CallEvent call -> records.add(call);
          default -> {}
        }
      }
    }
  }

  private void add(CallEvent call) {
    Asked asked = new Asked(call.record(), call.stage());
    List<CallEvent> facts = open.computeIfAbsent(asked, _ -> new ArrayList<>());
    facts.add(call);
    Optional<TaskName> task = call.stage().task();
    boolean settled =
        task.isPresent()
            ? settlesSample(call.record(), task.get(), facts)
            : settlesCaption(call.record(), facts);
    if (settled) {
      open.remove(asked);
    }
  }

  private boolean settlesCaption(RecordId record, List<CallEvent> facts) {
    SeedAccepted seed = seeds.get(record);
    if (seed == null) {
      return false;
    }
    CaptionVerdict verdict = judge.caption(seed::text, facts);
    if (verdict instanceof CaptionVerdict.Owed) {
      return false;
    }
    if (verdict instanceof CaptionVerdict.Accepted accepted) {
      captions.put(record, accepted.text());
    }
    var _ = into.settled(seed, verdict);
    return true;
  }

  private boolean settlesSample(RecordId record, TaskName task, List<CallEvent> facts) {
    String caption = captions.get(record);
    if (caption == null) {
      return false;
    }
    SampleVerdict verdict = judge.sample(task, caption, facts);
    if (verdict instanceof SampleVerdict.Owed) {
      return false;
    }
    var _ = into.settled(record, task, caption, verdict);
    return true;
  }
}
