package dev.alicorn.gpuworker.llama;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A llama server as a child process that is started again when it dies.
///
/// Its URL changes with each start. After a few deaths in a row, none of which came later than half
/// a minute after the start, it is given up.
public final class LlamaProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LlamaProcess.class);
  private static final int DEATHS_IN_A_ROW_MAX = 5;
  private static final Duration LONG_LIFE = Duration.ofSeconds(30);
  private static final Duration BACKOFF = Duration.ofMillis(250);

  private final LlamaServerSettings settings;
  private final Duration backoff;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReentrantLock changed = new ReentrantLock();
  private final Condition change = changed.newCondition();
  private final Thread supervisor;
  private volatile LlamaChild child;
  private volatile Optional<String> failure = Optional.empty();

  private LlamaProcess(LlamaServerSettings settings, Duration backoff, LlamaChild child) {
    this.settings = settings;
    this.backoff = backoff;
    this.child = child;
    this.supervisor =
        Thread.ofPlatform().daemon().name("llama-supervisor").unstarted(this::supervise);
  }

  /// Starts a server and waits until it is ready, a second or two.
  ///
  /// @throws LlamaUnavailableException where it does not become ready
  public static LlamaProcess start(LlamaServerSettings settings)
      throws LlamaUnavailableException, InterruptedException {
    return start(settings, BACKOFF);
  }

  /// Starts a server that is started again after twice `backoff`, and twice as long each time.
  static LlamaProcess start(LlamaServerSettings settings, Duration backoff)
      throws LlamaUnavailableException, InterruptedException {
    LlamaProcess process = new LlamaProcess(settings, backoff, LlamaChild.start(settings));
    process.supervisor.start();
    return process;
  }

  /// The base URL, such as `http://127.0.0.1:40123/v1`, of the server as it last became ready.
  public URI url() {
    return child.url();
  }

  /// Why the server was given up; empty while it runs or is started again.
  public Optional<String> failure() {
    return failure;
  }

  /// The server's process id.
  public long pid() {
    return child.pid();
  }

  /// Waits until the server with that process id has been replaced, or given up.
  public void awaitSuccessor(long pid) throws InterruptedException {
    changed.lockInterruptibly();
    try {
      while (child.pid() == pid && failure.isEmpty()) {
        change.await();
      }
    } finally {
      changed.unlock();
    }
  }

  /// Ends the server.
  @Override
  public void close() {
    closing.countDown();
    child.close();
    boolean interrupted = false;
    while (supervisor.isAlive()) {
      try {
        supervisor.join();
      } catch (InterruptedException e) {
        interrupted = true;
        supervisor.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    try {
      int deaths = 0;
      while (true) {
        long startedAt = System.nanoTime();
        String why = child.awaitEnd();
        if (System.nanoTime() - startedAt > LONG_LIFE.toNanos()) {
          deaths = 0;
        }
        LlamaChild next = null;
        while (next == null) {
          deaths++;
          if (deaths > DEATHS_IN_A_ROW_MAX) {
            giveUp(
                "the local language model died %d times in a row (%s); look at its machine's memory, or name another endpoint"
                    .formatted(deaths, why));
            return;
          }
          if (closing.await(backoff.toMillis() << deaths, TimeUnit.MILLISECONDS)) {
            return;
          }
          LOG.warn("the local language model has ended ({}); it is started again", why);
          try {
            next = LlamaChild.start(settings);
          } catch (LlamaUnavailableException e) {
            why = String.valueOf(e.getMessage());
          }
        }
        succeed(next);
        if (closing.getCount() == 0) {
          next.close();
          return;
        }
      }
    } catch (InterruptedException _) {
      child.close();
    }
  }

  private void succeed(LlamaChild next) {
    changed.lock();
    try {
      child = next;
      change.signalAll();
    } finally {
      changed.unlock();
    }
  }

  private void giveUp(String sentence) {
    changed.lock();
    try {
      failure = Optional.of(sentence);
      change.signalAll();
    } finally {
      changed.unlock();
    }
  }
}
