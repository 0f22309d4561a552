package dev.alicorn.gateway.cli;

import java.util.concurrent.CountDownLatch;

/// What a command does when the program is interrupted, by Ctrl-C or SIGTERM.
///
/// The program then leaves when [#told()] is called, so that its user is told how things stand and
/// what went wrong. However often it is interrupted, it is done once.
public final class OnInterrupt implements AutoCloseable {
  private static final CountDownLatch TOLD = new CountDownLatch(1);

  private final Thread hook;

  private OnInterrupt(Runnable action) {
    this.hook =
        new Thread(
            () -> {
              action.run();
              try {
                TOLD.await();
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

  /// The user has been told everything: an interrupted program leaves now.
  public static void told() {
    TOLD.countDown();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The hook runs: the program is being interrupted.
    }
  }
}
