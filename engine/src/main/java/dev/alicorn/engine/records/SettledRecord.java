package dev.alicorn.engine.records;

import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Optional;

/// What came of one stage of a record.
///
/// @param reason why it is not accepted, as datasets count it
/// @param detail the same as a sentence
/// @param seed what a caption was written of
/// @param caption the caption, or what a sample was written of
/// @param pairs of a sample that was accepted
public record SettledRecord(
    RecordId record,
    Stage stage,
    Outcome outcome,
    Optional<String> reason,
    Optional<String> detail,
    Optional<String> seed,
    Optional<String> caption,
    List<Pair> pairs) {
  public SettledRecord {
    pairs = List.copyOf(pairs);
  }

  /// How a stage can end.
  public enum Outcome {
    ACCEPTED("accepted"),
    /// Answers came, and none was fit.
    REJECTED("rejected"),
    /// No usable answer came.
    FAILED("failed"),
    /// A call's outcome is unknown and must not be tried again.
    PARKED("parked");

    private final String key;

    Outcome(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /// A caption's end; empty while a call is owed.
  static Optional<SettledRecord> caption(RecordId record, String seed, CaptionVerdict verdict) {
    Ending ending =
        switch (verdict) {
          case CaptionVerdict.Accepted _ -> Ending.ACCEPTED;
          case CaptionVerdict.Rejected(var reason, String detail) ->
              new Ending(Outcome.REJECTED, reason.key(), detail);
          case CaptionVerdict.Failed(var cause, String detail) ->
              new Ending(Outcome.FAILED, cause.key(), detail);
          case CaptionVerdict.Parked _ -> Ending.PARKED;
          case CaptionVerdict.Owed _ -> null;
        };
    Optional<String> caption =
        verdict instanceof CaptionVerdict.Accepted accepted
            ? Optional.of(accepted.text())
            : Optional.empty();
    return Optional.ofNullable(ending)
        .map(end -> end.of(record, Stage.CAPTION, Optional.of(seed), caption, List.of()));
  }

  /// A sample's end; empty while a call is owed.
  static Optional<SettledRecord> sample(
      RecordId record, TaskName task, String caption, SampleVerdict verdict) {
    Ending ending =
        switch (verdict) {
          case SampleVerdict.Accepted _ -> Ending.ACCEPTED;
          case SampleVerdict.Rejected(var reason, String detail) ->
              new Ending(Outcome.REJECTED, reason.key(), detail);
          case SampleVerdict.Failed(var cause, String detail) ->
              new Ending(Outcome.FAILED, cause.key(), detail);
          case SampleVerdict.Parked _ -> Ending.PARKED;
          case SampleVerdict.Owed _ -> null;
        };
    List<Pair> pairs =
        verdict instanceof SampleVerdict.Accepted accepted ? accepted.pairs() : List.of();
    return Optional.ofNullable(ending)
        .map(end -> end.of(record, task.stage(), Optional.empty(), Optional.of(caption), pairs));
  }

  /// An outcome, and why it is no other.
  private record Ending(Outcome outcome, Optional<String> reason, Optional<String> detail) {
    static final Ending ACCEPTED = new Ending(Outcome.ACCEPTED, Optional.empty(), Optional.empty());
    static final Ending PARKED =
        new Ending(
            Outcome.PARKED,
            Optional.of("unknown_outcome"),
            Optional.of("nobody knows whether its call was billed, and it must not be repeated"));

    Ending(Outcome outcome, String reason, String detail) {
      this(outcome, Optional.of(reason), Optional.of(detail));
    }

    SettledRecord of(
        RecordId record,
        Stage stage,
        Optional<String> seed,
        Optional<String> caption,
        List<Pair> pairs) {
      return new SettledRecord(record, stage, outcome, reason, detail, seed, caption, pairs);
    }
  }
}
