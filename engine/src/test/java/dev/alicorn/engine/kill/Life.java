package dev.alicorn.engine.kill;

import dev.alicorn.engine.failpoint.Failpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One process of a job, from its start to its end, with what it tells on the way.
final class Life {
  private static final long SECONDS_MAX = 300;

  private final Process process;
  private final Thread reader;
  private final CountDownLatch opening = new CountDownLatch(1);
  private final CountDownLatch atFailpoint = new CountDownLatch(1);
  private volatile long durableSeq;
  private volatile @Nullable Failpoint failpoint;
  private volatile String last = "nothing";

  Life(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
          case "durable" -> durableSeq = Long.parseLong(words[1]);
          case "killed" -> {
            failpoint = Failpoint.valueOf(words[1]);
            atFailpoint.countDown();
          }
          case "opening" -> opening.countDown();
          default -> last = line;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      opening.countDown();
      atFailpoint.countDown();
    }
  }

  /// Waits until it says that it is at its failpoint or has ended.
  void untilAtFailpoint() throws InterruptedException {
    atFailpoint.await();
  }

  /// Waits until it opens its journal or has ended.
  void untilOpening() throws InterruptedException {
    opening.await();
  }

  /// Waits a while; true when it has ended meanwhile.
  boolean endsWithin(int millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /// kill -9, and what it had said by then.
  void kill() {
    // The handle leaves the output open, which the process itself would close.
    process.toHandle().destroyForcibly();
  }

  /// Waits for the end and for the last of what it said.
  ///
  /// @return the exit code
  int end() throws InterruptedException {
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("a process has not ended within " + SECONDS_MAX + " s");
    }
    reader.join();
    return process.exitValue();
  }

  /// The last seq that it said to be durable, 0 if none.
  long durableSeq() {
    return durableSeq;
  }

  /// The failpoint at which it killed itself.
  Optional<Failpoint> failpoint() {
    return Optional.ofNullable(failpoint);
  }

  boolean completed() {
    return last.equals("completed");
  }

  String lastLine() {
    return last;
  }
}
