package dev.alicorn.gateway.cli;

import java.io.Console;
import java.util.List;
import java.util.Optional;

/// What a user sees of work that takes a while: bars on a terminal, plain lines elsewhere.
interface ProgressView extends AutoCloseable {

  static ProgressView ofTerminal() {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return terminal ? new ProgressBars() : new ProgressLines(System.err);
  }

  /// Shows how far the steps are; called a few times a second. Steps may join, none leaves.
  void show(List<StepProgress> steps);

  @Override
  void close();
}
