package dev.alicorn.engine.replay;

import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.judge.RecordFacts;
import java.util.Optional;

/// The judging of records for a dataset, for which nothing more follows. Shareable by threads.
///
/// @param duplicates captions that are rejected for being nearly others
record Judging(Judge judge, Draw draw, NearCaptions duplicates) {

  Outcome outcome(RecordFacts record) {
    Outcome outcome = judge.outcome(record, draw.taskOf(record.record())).closed();
    return duplicates.like(record.record()).map(outcome::nearDuplicateOf).orElse(outcome);
  }

  /// The caption of a record that is exported.
  Optional<Outcome.Caption> caption(RecordFacts record) {
    return duplicates.like(record.record()).isPresent() ? Optional.empty() : caption(judge, record);
  }

  /// The caption of a record that is exported, unless it is nearly another.
  static Optional<Outcome.Caption> caption(Judge judge, RecordFacts record) {
    return judge.outcome(record, Optional.empty()).closed().caption()
            instanceof Part.Exported<Outcome.Caption>(Outcome.Caption caption)
        ? Optional.of(caption)
        : Optional.empty();
  }
}
