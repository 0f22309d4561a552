package dev.alicorn.engine.judge;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.FailureCause;
import java.util.List;
import java.util.Optional;

/// What the calls of a record's instruct stage come to.
public sealed interface SampleVerdict {

  /// A sample.
  ///
  /// @param pairs 6 to 8
  record Accepted(List<Pair> pairs, Bill bill, Rung rung) implements SampleVerdict {
    public Accepted {
      pairs = List.copyOf(pairs);
    }
  }

  /// Both answers were unfit.
  record Rejected(Rejection reason, String detail) implements SampleVerdict {}

  /// No usable answer came.
  record Failed(FailureCause cause, String detail) implements SampleVerdict {}

  /// A call's outcome is unknown and must not be tried again.
  record Parked() implements SampleVerdict {}

  /// A call is owed.
  ///
  /// @param ask 0 for the first question, 1 for the re-ask
  /// @param attempts made at this ask so far, those left out that cost the record nothing
  /// @param complaint for a re-ask, what was wrong with the first answer
  record Owed(int ask, int attempts, Optional<Complaint> complaint) implements SampleVerdict {}
}
