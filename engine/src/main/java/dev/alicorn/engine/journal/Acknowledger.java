package dev.alicorn.engine.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The thread that keeps the promises of appends, in the order of their seqs, after their barrier.
///
/// Callbacks run on it, so a slow one delays later acknowledgements but no barrier; it must not
/// wait for an acknowledgement itself. The appends that pile up meanwhile count as pending.
final class Acknowledger {
  private final Path folder;
  private final AppendQueue appends;
  private final ExecutorService thread;
  private final List<Waiter> waiters = new ArrayList<>();
  private volatile long durableSeq;
  private volatile @Nullable JournalException end;

  private record Waiter(long seq, CompletableFuture<Long> promise) {}

  Acknowledger(Path folder, AppendQueue appends, long durableSeq) {
    this.folder = folder;
    this.appends = appends;
    this.durableSeq = durableSeq;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("alicorn-journal-acknowledger").factory());
  }

  long durableSeq() {
    return durableSeq;
  }

  /// Why nothing more comes; null while the writer works.
  @Nullable JournalException end() {
    return end;
  }

  CompletableFuture<Long> durableBeyond(long seq) {
    synchronized (waiters) {
      if (durableSeq > seq) {
        return CompletableFuture.completedFuture(durableSeq);
      }
      if (end != null) {
        return CompletableFuture.failedFuture(end);
      }
      Waiter waiter = new Waiter(seq, new CompletableFuture<>());
      waiters.add(waiter);
      return waiter.promise();
    }
  }

  /// Takes over a batch that is durable up to `seq`.
  void acknowledge(List<Append> batch, long seq) {
    durableSeq = seq;
    thread.execute(() -> {
      for (Append append : batch) {
        append.promise.complete(append.entry);
      }
      appends.settled(batch.size());
      for (Waiter waiter : reached(seq)) {
        waiter.promise().complete(seq);
      }
    });
  }

  /// Fails what is left, after all acknowledgements before it.
  void end(List<Append> left, @Nullable Throwable failure) {
    JournalException reason = JournalException.closed(folder, failure);
    thread.execute(() -> {
      List<Waiter> rest;
      synchronized (waiters) {
        end = reason;
        rest = new ArrayList<>(waiters);
        waiters.clear();
      }
      for (Append append : left) {
        append.promise.completeExceptionally(reason);
      }
      for (Waiter waiter : rest) {
        waiter.promise().completeExceptionally(reason);
      }
    });
    thread.shutdown();
  }

  /// Waits until every promise has been kept or failed.
  void awaitEnd() throws InterruptedException {
    while (!thread.awaitTermination(1, TimeUnit.HOURS)) {
      // A callback that never returns is a bug of its owner that shows in a thread dump.
    }
  }

  private List<Waiter> reached(long seq) {
    List<Waiter> reached = new ArrayList<>();
    synchronized (waiters) {
      Iterator<Waiter> all = waiters.iterator();
      while (all.hasNext()) {
        Waiter waiter = all.next();
        if (waiter.seq() < seq) {
          reached.add(waiter);
          all.remove();
        }
      }
    }
    return reached;
  }
}
