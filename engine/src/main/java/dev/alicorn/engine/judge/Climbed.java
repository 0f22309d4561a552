package dev.alicorn.engine.judge;

import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a stage has come to: the first ask, and the one re-ask where the first answer was unfit.
sealed interface Climbed<T> {
  /// A fit answer.
  ///
  /// @param repaired whether the answer had to be mended
  record Won<T>(T answer, boolean repaired, int ask, Bill bill) implements Climbed<T> {}

  record Rejected<T>(Rejection reason, String detail) implements Climbed<T> {}

  record Failed<T>(FailureCause cause, String detail) implements Climbed<T> {}

  record Parked<T>() implements Climbed<T> {}

  record Owed<T>(int ask, int attempts, Optional<Complaint> complaint) implements Climbed<T> {}

  /// Folds a stage's calls.
  ///
  /// @param reader reads a usable reply as an answer
  static <T> Climbed<T> climb(
      List<? extends CallEvent> calls,
      Bindings bindings,
      Function<Envelope.Usable, Reading<T>> reader) {
    return ask(0, Optional.empty(), calls, bindings, reader);
  }

  private static <T> Climbed<T> ask(
      int ask,
      Optional<Complaint> complaint,
      List<? extends CallEvent> calls,
      Bindings bindings,
      Function<Envelope.Usable, Reading<T>> reader) {
    return switch (Asked.fold(calls, ask, bindings)) {
      case Asked.Open(int attempts) -> new Owed<>(ask, attempts, complaint);
      case Asked.Parked _ -> new Parked<>();
      case Asked.Failed(FailureCause cause, String detail) -> new Failed<>(cause, detail);
      case Asked.Refused(String detail) -> new Rejected<>(Rejection.REFUSAL, detail);
      case Asked.Answered answered ->
          switch (reader.apply(answered.envelope())) {
            case Reading.Fit<T>(T answer, boolean repaired) ->
                new Won<>(answer, repaired, ask, Bill.of(answered, calls, bindings));
            case Reading.Unfit<T>(Rejection reason, String detail, String wrong) ->
                ask == 0
                    ? ask(
                        1,
                        Optional.of(new Complaint(reason, detail, wrong)),
                        calls,
                        bindings,
                        reader)
                    : new Rejected<>(reason, detail);
          };
    };
  }
}
