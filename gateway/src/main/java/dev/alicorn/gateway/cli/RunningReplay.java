package dev.alicorn.gateway.cli;

import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayMeter;
import dev.alicorn.engine.replay.ReplayResult;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A replay in the foreground: its progress is shown until it has ended, and an interrupt ends it
/// with nothing left of it.
final class RunningReplay implements AutoCloseable {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  private final ReplayMeter meter;
  private final FutureTask<ReplayResult> replay;
  private final OnInterrupt onInterrupt;

  private RunningReplay(
      ReplayMeter meter, FutureTask<ReplayResult> replay, OnInterrupt onInterrupt) {
    this.meter = meter;
    this.replay = replay;
    this.onInterrupt = onInterrupt;
  }

  static RunningReplay start(Replay replay, Path folder) {
    ReplayMeter meter = new ReplayMeter();
    FutureTask<ReplayResult> task = new FutureTask<>(() -> replay.meteredBy(meter).into(folder));
    Thread thread = Thread.ofPlatform().name("replay").unstarted(task);
    OnInterrupt onInterrupt =
        OnInterrupt.doing(() -> {
          System.err.println(
              "interrupted: the unfinished dataset is removed; the same command makes it anew");
          thread.interrupt();
        });
    thread.start();
    return new RunningReplay(meter, task, onInterrupt);
  }

  /// Waits for the end, showing how far the replay is; empty where it was interrupted.
  ///
  /// @throws ExecutionException when it failed
  Optional<ReplayResult> watch() throws InterruptedException, ExecutionException {
    try (ProgressView view = ProgressView.ofTerminal()) {
      while (true) {
        try {
          ReplayResult made = replay.get(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
          view.show(StepProgress.of(meter.look()));
          return Optional.of(made);
        } catch (TimeoutException _) {
          view.show(StepProgress.of(meter.look()));
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedIOException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    onInterrupt.close();
  }
}
