package dev.alicorn.engine.llm;

/// The answer to a wish to call.
sealed interface Reservation {

  /// The call may be made, now.
  ///
  /// @param endpoint which is to be called
  /// @param call its number there, to settle it by
  /// @param meters whether the tokens billed are to be told when settling
  record Granted(String endpoint, long call, boolean meters) implements Reservation {}

  /// No call is made.
  record Refused(LlmAnswer.Unavailable why) implements Reservation {}
}
