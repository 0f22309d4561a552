package dev.alicorn.gateway.doctor;

import java.time.Duration;

/// A look at one thing that jobs need.
///
/// It changes nothing that is left behind, and is made on a thread of its own, which is interrupted
/// when the time is up.
interface Check {
  /// What is looked at, in a word or two.
  String subject();

  Diagnosis look() throws InterruptedException;

  /// Whether it mostly waits for others, so that more can be looked at meanwhile.
  default boolean waits() {
    return false;
  }

  /// When it is given up.
  default Duration deadline() {
    return Duration.ofSeconds(30);
  }

  /// What it means when it is given up.
  default Verdict whenLate() {
    return Verdict.FAIL;
  }
}
