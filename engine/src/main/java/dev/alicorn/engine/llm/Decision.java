package dev.alicorn.engine.llm;

/// What the limits say to a call that wants to be made.
sealed interface Decision {

  /// It may be made now, under this number, and is to be settled by it.
  record Granted(long call) implements Decision {}

  /// Not now: to be asked again at this time, and whenever a call has settled.
  record Wait(long untilNanos, WaitReason reason) implements Decision {}

  /// The endpoint is out, until it is reset or a probe finds it working.
  ///
  /// @param sentence what, where, how to mend
  /// @param probeFromNanos when a call may be made as a probe
  record Out(String sentence, long probeFromNanos) implements Decision {}
}
