package dev.alicorn.engine.llm;

import java.util.function.Consumer;

/// A call that somebody wants to make.
///
/// @param estimate the tokens that it may be billed for at most
/// @param reply told once
record Wish(
    CallFlow flow, Tokens estimate, Turn turn, Admission admission, Consumer<Reservation> reply) {

  /// Answers with the job's own refusal, if it has one now.
  ///
  /// @return whether it had
  boolean refusedByItsJob() {
    var refusal = admission.refusal();
    refusal.ifPresent(why -> reply.accept(new Reservation.Refused(why)));
    return refusal.isPresent();
  }
}
