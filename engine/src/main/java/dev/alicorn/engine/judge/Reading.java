package dev.alicorn.engine.judge;

import dev.alicorn.engine.filter.Fault;

/// What a model's text says, once it is read as the answer to a question.
sealed interface Reading<T> {

  /// An answer that can be used.
  ///
  /// @param repaired whether it had to be mended first
  record Fit<T>(T answer, boolean repaired) implements Reading<T> {}

  /// An answer that cannot.
  ///
  /// @param complaint the sentence that tells the model what to do better
  record Unfit<T>(Rejection reason, String detail, String complaint) implements Reading<T> {
    static <T> Unfit<T> of(Fault fault) {
      return new Unfit<>(Rejection.by(fault.filter()), fault.detail(), fault.complaint());
    }
  }
}
