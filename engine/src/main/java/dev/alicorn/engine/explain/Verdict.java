package dev.alicorn.engine.explain;

import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Complaint;
import dev.alicorn.engine.judge.Rejection;
import dev.alicorn.engine.judge.Rung;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.FailureCause;
import java.util.List;
import java.util.Optional;

/// What the judge makes of some calls of a stage, whichever it is.
public sealed interface Verdict {
  /// A short name: `accepted`, `rejected(too_short)`, `failed(cut_body)`, `parked`, `owed`.
  String name();

  /// An accepted caption.
  ///
  /// @param cutAtLength whether the model was stopped at its longest answer
  record Caption(String text, boolean cutAtLength) implements Verdict {
    @Override
    public String name() {
      return "accepted";
    }
  }

  /// An accepted sample.
  record Sample(List<Pair> pairs, Rung rung) implements Verdict {
    public Sample {
      pairs = List.copyOf(pairs);
    }

    @Override
    public String name() {
      return "accepted";
    }
  }

  /// Nothing will come of it: rejected, failed or parked.
  record Lost(String name, String detail) implements Verdict {}

  /// A call is to follow.
  ///
  /// @param ask 0 for the first question, 1 for the re-ask
  /// @param attempts made at this ask, those left out that cost the record nothing
  /// @param complaint for a re-ask, what was wrong with the answer before
  record Owed(int ask, int attempts, Optional<String> complaint) implements Verdict {
    @Override
    public String name() {
      return "owed";
    }
  }

  static Verdict of(CaptionVerdict verdict) {
    return switch (verdict) {
      case CaptionVerdict.Accepted accepted -> new Caption(accepted.text(), accepted.cutAtLength());
      case CaptionVerdict.Rejected(Rejection reason, String detail) -> rejected(reason, detail);
      case CaptionVerdict.Failed(FailureCause cause, String detail) -> failed(cause, detail);
      case CaptionVerdict.Parked _ -> parked();
      case CaptionVerdict.Owed(int ask, int attempts, Optional<Complaint> complaint) ->
          new Owed(ask, attempts, complaint.map(Complaint::sentence));
    };
  }

  static Verdict of(SampleVerdict verdict) {
    return switch (verdict) {
      case SampleVerdict.Accepted accepted -> new Sample(accepted.pairs(), accepted.rung());
      case SampleVerdict.Rejected(Rejection reason, String detail) -> rejected(reason, detail);
      case SampleVerdict.Failed(FailureCause cause, String detail) -> failed(cause, detail);
      case SampleVerdict.Parked _ -> parked();
      case SampleVerdict.Owed(int ask, int attempts, Optional<Complaint> complaint) ->
          new Owed(ask, attempts, complaint.map(Complaint::sentence));
    };
  }

  private static Verdict rejected(Rejection reason, String detail) {
    return new Lost("rejected(" + reason.key() + ")", detail);
  }

  private static Verdict failed(FailureCause cause, String detail) {
    return new Lost("failed(" + cause.key() + ")", detail);
  }

  private static Verdict parked() {
    return new Lost(
        "parked", "the outcome of a call is unknown, and repeat = never forbids another");
  }
}
