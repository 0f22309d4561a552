package dev.alicorn.engine.replay;

import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.util.BitSet;
import java.util.Optional;

/// The records of which the filters had nothing to reject, of their captions or of all.
///
/// A replay judges each record in every pass, and a record's facts are the same in each. What
/// rejected nothing when it was asked changes nothing when it is not: so such a record is judged
/// without the filters from then on, which else take longer than all other judging.
///
/// A pass reads what earlier passes have added, and adds by one thread.
final class Passed {
  private final Judge judge;
  private final Judge trusting;
  private final BitSet captions = new BitSet();
  private final BitSet wholes = new BitSet();

  Passed(Judge judge) {
    this.judge = judge;
    this.trusting = judge.trusting();
  }

  /// The judge for all of a record.
  Judge ofWhole(RecordId record) {
    return wholes.get(index(record)) ? trusting : judge;
  }

  /// The judge for a record's caption alone.
  Judge ofCaption(RecordId record) {
    return captions.get(index(record)) || wholes.get(index(record)) ? trusting : judge;
  }

  /// Adds records whose captions passed.
  void addCaptions(Look look) {
    captions.or(look.passed);
  }

  /// Adds records of which all passed.
  void addWholes(Look look) {
    wholes.or(look.passed);
  }

  private static int index(RecordId record) {
    return Math.toIntExact(record.ordinal());
  }

  /// One thread's look at some records.
  final class Look {
    private final BitSet passed = new BitSet();
    private final Judge ofAll = judge.telling(() -> rejected = true);
    private final Judge ofSamples = ofAll.trustingCaptions();
    private boolean rejected;

    /// What a record comes to.
    ///
    /// @param drawn the task that it is drawn for; empty to look at its caption alone
    Outcome outcome(RecordFacts record, Optional<TaskName> drawn) {
      rejected = false;
      int index = index(record.record());
      Outcome outcome = (captions.get(index) ? ofSamples : ofAll).outcome(record, drawn);
      passed.set(index, !rejected);
      return outcome;
    }
  }
}
