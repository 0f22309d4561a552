package dev.alicorn.gateway.doctor;

import java.util.Locale;

/// How what a check looked at is.
public enum Verdict {
  OK,
  /// Jobs run, and something about it may surprise their user.
  WARN,
  /// A job that needs it does not run.
  FAIL,
  /// It is not there, and no job needs it, or gets it by itself.
  NONE;

  /// What it is called in the output.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
