package dev.alicorn.engine.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// A gate in front of all new work of a job: while it is shut, whoever comes waits, and nothing
/// fails by it.
///
/// Who waits is bounded by the streams that work comes through. Thread-safe.
public final class Hold {
  private final Executor executor;
  private volatile CompletableFuture<Void> passage = CompletableFuture.completedFuture(null);

  /// @param executor runs what had to wait
  public Hold(Executor executor) {
    this.executor = executor;
  }

  /// Completes at once while nothing is held, else when the gate is opened.
  public CompletionStage<Void> passage() {
    return passage;
  }

  /// Holds what comes from now on.
  public synchronized void shut() {
    if (passage.isDone()) {
      passage = new CompletableFuture<>();
    }
  }

  /// Lets all through that wait, and what comes from now on.
  public synchronized void open() {
    CompletableFuture<Void> waited = passage;
    if (!waited.isDone()) {
      passage = CompletableFuture.completedFuture(null);
      executor.execute(() -> waited.complete(null));
    }
  }
}
