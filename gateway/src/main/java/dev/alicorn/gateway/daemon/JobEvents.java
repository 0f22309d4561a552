package dev.alicorn.gateway.daemon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The changes of a job's state since the daemon started, numbered from 1, for those who watch.
///
/// The newest are kept; who has missed older ones begins with the oldest kept. Thread-safe.
public final class JobEvents {
  private static final int KEPT_MAX = 256;

  private final Deque<Change> kept = new ArrayDeque<>();
  private long last;
  private CompletableFuture<Long> next = new CompletableFuture<>();

  /// A change.
  ///
  /// @param number counts from 1
  /// @param job as it was right behind it
  public record Change(long number, JobView job) {}

  void changed(JobView job) {
    CompletableFuture<Long> waiting;
    long number;
    synchronized (this) {
      number = ++last;
      kept.add(new Change(number, job));
      if (kept.size() > KEPT_MAX) {
        kept.remove();
      }
      waiting = next;
      next = new CompletableFuture<>();
    }
    waiting.complete(number);
  }

  /// The changes behind a number, those that are kept.
  public synchronized List<Change> behind(long number) {
    List<Change> behind = new ArrayList<>();
    for (Change change : kept) {
      if (change.number() > number) {
        behind.add(change);
      }
    }
    return behind;
  }

  /// The number of the newest change, 0 before the first.
  public synchronized long last() {
    return last;
  }

  /// Completes when there is a change behind a number.
  public synchronized CompletionStage<Long> beyond(long number) {
    return last > number ? CompletableFuture.completedStage(last) : next.minimalCompletionStage();
  }
}
