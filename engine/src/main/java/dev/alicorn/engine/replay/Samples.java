package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.Ladder;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.engine.judge.Rejection;
import dev.alicorn.engine.judge.Rung;
import dev.alicorn.engine.judge.Selection;
import dev.alicorn.protocol.RecordId;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/// The drawn records of a dataset in the making: which are accepted, and once all are known, which
/// of those are chosen.
final class Samples {
  private final Selection selection;
  private final int records;
  private final BitSet accepted = new BitSet();
  private final BitSet lost = new BitSet();
  private final Map<Rung, BitSet> found = new EnumMap<>(Rung.class);
  private long quarantined;
  private final OutcomeCounts losses = new OutcomeCounts();

  Samples(Draw draw, long records) {
    this.selection = new Selection(draw);
    this.records = Math.toIntExact(records);
  }

  Selection selection() {
    return selection;
  }

  /// A drawn record that was judged.
  ///
  /// @param asked whether it was asked about
  record Judged(RecordId record, boolean asked, Part<Outcome.Sample> sample) {
    static Judged of(RecordFacts record, Draw draw, Part<Outcome.Sample> sample) {
      boolean asked =
          draw.taskOf(record.record())
              .filter(task -> !record.calls(task.stage()).isEmpty())
              .isPresent();
      return new Judged(record.record(), asked, sample);
    }
  }

  void add(Judged judged) {
    int row = Math.toIntExact(judged.record().ordinal());
    switch (judged.sample()) {
      case Part.Exported<Outcome.Sample>(Outcome.Sample good) -> {
        accepted.set(row);
        found.computeIfAbsent(good.rung(), _ -> new BitSet()).set(row);
        selection.accept(judged.record());
      }
      case Part.Owed<Outcome.Sample> _ -> {}
      case Part.Rejected<Outcome.Sample> _,
          Part.Failed<Outcome.Sample> _,
          Part.Parked<Outcome.Sample> _ -> {
        lost.set(row);
        selection.reject(judged.record());
        if (judged.asked()) {
          losses.add(judged.sample());
          quarantined += isQuarantined(judged.sample()) ? 1 : 0;
        }
      }
    }
  }

  /// Whether replies came and none could be used.
  private static boolean isQuarantined(Part<Outcome.Sample> sample) {
    return sample instanceof Part.Rejected<Outcome.Sample>(Rejection reason, String _)
        && reason != Rejection.CAPTION_REJECTED;
  }

  /// Where the chosen samples were found.
  Ladder ladder() {
    return new Ladder(
        chosen(Rung.AS_ASKED), chosen(Rung.REPAIRED), chosen(Rung.REASKED), quarantined);
  }

  private long chosen(Rung rung) {
    BitSet rows = found.getOrDefault(rung, new BitSet());
    return rows.stream().filter(row -> selection.chosen(new RecordId(row))).count();
  }

  /// The outcomes of all records that were asked about or are still to be asked about.
  OutcomeCounts counts() {
    OutcomeCounts counts = new OutcomeCounts();
    counts.addAll(losses);
    for (int row = 1; row <= records; row++) {
      RecordId record = new RecordId(row);
      if (accepted.get(row)) {
        counts.add(
            selection.chosen(record) ? "exported" : "rejected(" + Rejection.SURPLUS.key() + ")");
      } else if (!lost.get(row) && selection.wanted(record)) {
        counts.add("owed");
      }
    }
    return counts;
  }
}
