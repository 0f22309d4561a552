package dev.alicorn.engine.replay;

import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.judge.RecordFacts;
import java.util.Optional;

/// The judging of records for a dataset, for which nothing more follows. Shareable by threads.
///
/// @param duplicates captions that are rejected for being nearly others
record Judging(Passed passed, Draw draw, NearCaptions duplicates) {

  Outcome outcome(RecordFacts record) {
    return closed(
        record, passed.ofWhole(record.record()).outcome(record, draw.taskOf(record.record())));
  }

  /// The same at the first look.
  Outcome outcome(RecordFacts record, Passed.Look look) {
    return closed(record, look.outcome(record, draw.taskOf(record.record())));
  }

  private Outcome closed(RecordFacts record, Outcome judged) {
    Outcome outcome = judged.closed();
    return duplicates.like(record.record()).map(outcome::nearDuplicateOf).orElse(outcome);
  }

  /// The caption of a record that is exported.
  Optional<Outcome.Caption> caption(RecordFacts record) {
    return duplicates.like(record.record()).isPresent()
        ? Optional.empty()
        : exported(passed.ofCaption(record.record()).outcome(record, Optional.empty()));
  }

  /// The caption of an outcome that is exported, unless it is nearly another.
  static Optional<Outcome.Caption> exported(Outcome outcome) {
    return outcome.closed().caption()
            instanceof Part.Exported<Outcome.Caption>(Outcome.Caption caption)
        ? Optional.of(caption)
        : Optional.empty();
  }
}
