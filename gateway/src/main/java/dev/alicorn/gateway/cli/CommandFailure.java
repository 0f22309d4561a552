package dev.alicorn.gateway.cli;

/// A command that cannot be carried out: one sentence for the user and the exit code.
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  CommandFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
