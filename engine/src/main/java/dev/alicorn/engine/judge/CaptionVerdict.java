package dev.alicorn.engine.judge;

import dev.alicorn.protocol.FailureCause;
import java.util.Optional;

/// What the calls of a record's caption stage come to.
public sealed interface CaptionVerdict {

  /// A caption.
  ///
  /// @param text one paragraph
  /// @param cutAtLength whether the model was stopped at its longest answer
  record Accepted(String text, boolean cutAtLength, Bill bill) implements CaptionVerdict {}

  /// Both answers were unfit.
  record Rejected(Rejection reason, String detail) implements CaptionVerdict {}

  /// No usable answer came.
  record Failed(FailureCause cause, String detail) implements CaptionVerdict {}

  /// A call's outcome is unknown and must not be tried again.
  record Parked() implements CaptionVerdict {}

  /// A call is owed.
  ///
  /// @param ask 0 for the first question, 1 for the re-ask
  /// @param attempts made at this ask so far, those left out that cost the record nothing
  /// @param complaint for a re-ask, what was wrong with the first answer
  record Owed(int ask, int attempts, Optional<Complaint> complaint) implements CaptionVerdict {}
}
