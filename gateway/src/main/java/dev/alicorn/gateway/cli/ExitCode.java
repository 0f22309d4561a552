package dev.alicorn.gateway.cli;

/// What the program tells the shell.
public enum ExitCode {
  DONE(0),
  /// Findings, or rows that failed.
  FINDINGS(1),
  /// Bad input or usage.
  BAD_INPUT(2),
  /// An endpoint, a model or a GPU is not there.
  UNAVAILABLE(3),
  CORRUPT(4),
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
