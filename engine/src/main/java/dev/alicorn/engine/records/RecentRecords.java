package dev.alicorn.engine.records;

import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The newest records that a job has settled, some of each outcome: a few MB at most.
///
/// Thread-safe.
public final class RecentRecords {
  /// The most that are kept of captions, and of samples, of one outcome.
  public static final int KEPT_MAX = 50;

  private final Map<SettledRecord.Outcome, Deque<Numbered>> captions =
      new EnumMap<>(SettledRecord.Outcome.class);
  private final Map<SettledRecord.Outcome, Deque<Numbered>> samples =
      new EnumMap<>(SettledRecord.Outcome.class);
  private long count;

  private record Numbered(long number, SettledRecord record) {}

  /// Which part of a job's work.
  public enum Step {
    CAPTION("caption"),
    INSTRUCT("instruct");

    private final String key;

    Step(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /// A caption was settled, and how; empty while a call is owed.
  public Optional<SettledRecord> settled(SeedAccepted seed, CaptionVerdict verdict) {
    return kept(SettledRecord.caption(seed.record(), seed.text(), verdict));
  }

  /// A sample was settled, and how; empty while a call is owed.
  public Optional<SettledRecord> settled(
      RecordId record, TaskName task, String caption, SampleVerdict verdict) {
    return kept(SettledRecord.sample(record, task, caption, verdict));
  }

  private Optional<SettledRecord> kept(Optional<SettledRecord> record) {
    record.ifPresent(this::keep);
    return record;
  }

  private synchronized void keep(SettledRecord record) {
    Deque<Numbered> kept =
        (record.stage().equals(Stage.CAPTION) ? captions : samples)
            .computeIfAbsent(record.outcome(), _ -> new ArrayDeque<>());
    kept.add(new Numbered(count++, record));
    if (kept.size() > KEPT_MAX) {
      kept.remove();
    }
  }

  /// Those that are kept, the newest first.
  public synchronized List<SettledRecord> newest(
      Optional<Step> step, Optional<SettledRecord.Outcome> outcome, int max) {
    List<Numbered> found = new ArrayList<>();
    if (step.isEmpty() || step.get() == Step.CAPTION) {
      addTo(found, captions, outcome);
    }
    if (step.isEmpty() || step.get() == Step.INSTRUCT) {
      addTo(found, samples, outcome);
    }
    return found.stream()
        .sorted(Comparator.comparingLong(Numbered::number).reversed())
        .limit(max)
        .map(Numbered::record)
        .toList();
  }

  private static void addTo(
      List<Numbered> found,
      Map<SettledRecord.Outcome, Deque<Numbered>> kept,
      Optional<SettledRecord.Outcome> outcome) {
    kept.forEach((of, records) -> {
      if (outcome.isEmpty() || outcome.get() == of) {
        found.addAll(records);
      }
    });
  }
}
