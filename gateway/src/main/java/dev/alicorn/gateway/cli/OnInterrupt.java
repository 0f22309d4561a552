package dev.alicorn.gateway.cli;

import java.util.concurrent.CountDownLatch;

/// What a command does when the program is interrupted, by Ctrl-C or SIGTERM.
///
/// The program leaves when this is closed, so that its user is told how things stand. However often
/// it is interrupted, it is done once.
final class OnInterrupt implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private OnInterrupt(Runnable action) {
    this.hook =
        new Thread(
            () -> {
              action.run();
              try {
                closed.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "on-interrupt");
  }

  /// @param action short, since the command goes on only behind it
  static OnInterrupt doing(Runnable action) {
    OnInterrupt onInterrupt = new OnInterrupt(action);
    Runtime.getRuntime().addShutdownHook(onInterrupt.hook);
    return onInterrupt;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The hook runs: the program is being interrupted, and leaves now.
    }
  }
}
