package dev.alicorn.gpuworker.process;

import java.io.IOException;
import java.io.InputStream;

/// The tie of a process to the one that started it and holds the other end of its standard input:
/// when that input ends, this process does, too.
///
/// So it cannot outlive its parent, however that ends.
public final class StdinWatch {
  private StdinWatch() {}

  /// Watches from now on; nobody else may read standard input.
  public static void start() {
    Thread.ofPlatform().name("stdin-watch").start(() -> haltAtEnd(System.in));
  }

  private static void haltAtEnd(InputStream in) {
    try {
      while (in.read() >= 0) {
        // Whatever is sent means no more than that the sender lives.
      }
    } catch (IOException _) {
      // An input that breaks has ended.
    }
    ImmediateExit.with(0);
  }
}
