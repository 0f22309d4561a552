package dev.alicorn.gateway.cli;

import java.util.List;

/// What a user sees of work that takes a while: bars on a terminal, plain lines elsewhere.
interface ProgressView extends AutoCloseable {

  static ProgressView ofTerminal() {
    return System.console() != null && System.console().isTerminal() ? new ProgressBars() : new ProgressLines(System.err);
  }

  /// Shows how far the steps are; called a few times a second, the same steps each time.
  void show(List<StepProgress> steps);

  @Override
  void close();
}
