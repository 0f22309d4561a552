package dev.alicorn.engine.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The appends between the callers' threads and the writer's.
///
/// An append is pending from its offer until it is settled, so the bound covers those that stand in
/// a file and wait for their barrier or for their callback, too.
final class AppendQueue {
  private final int pendingMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition offered = lock.newCondition();
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private int pending;
  private boolean writerWaits;
  private boolean closed;

  AppendQueue(int pendingMax) {
    this.pendingMax = pendingMax;
  }

  /// Takes an append in; false once closed.
  boolean offer(Append append) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (pending == pendingMax) {
        throw new IllegalStateException(
            pendingMax
                + " appends wait for their barrier already: an appender goes on without waiting"
                + " for its acknowledgements");
      }
      pending++;
      waiting.add(append);
      if (writerWaits) {
        writerWaits = false;
        offered.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until an append is there, the queue is closed or the time is over, then moves appends to
  /// `batch` until it holds `batchMax`.
  void take(List<Append> batch, int batchMax, long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = waitNanos;
      while (waiting.isEmpty() && !closed && left > 0) {
        writerWaits = true;
        left = offered.awaitNanos(left);
      }
      writerWaits = false;
      drain(batch, batchMax);
    } finally {
      lock.unlock();
    }
  }

  /// Moves appends to `batch` until it holds `batchMax`, without waiting.
  void poll(List<Append> batch, int batchMax) {
    lock.lock();
    try {
      drain(batch, batchMax);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the queue is closed or the time is over.
  void awaitClosed(long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = waitNanos;
      while (!closed && left > 0) {
        writerWaits = true;
        left = offered.awaitNanos(left);
      }
      writerWaits = false;
    } finally {
      lock.unlock();
    }
  }

  /// Says that appends are pending no longer.
  void settled(int count) {
    lock.lock();
    try {
      pending -= count;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      offered.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing is left and nothing will come.
  boolean isFinished() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Closes the queue and gives back what no writer will write.
  List<Append> abandon() {
    lock.lock();
    try {
      closed = true;
      List<Append> left = new ArrayList<>(waiting);
      waiting.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  private void drain(List<Append> batch, int batchMax) {
    while (batch.size() < batchMax && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
  }
}
