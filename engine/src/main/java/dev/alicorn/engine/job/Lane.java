package dev.alicorn.engine.job;

import dev.alicorn.protocol.RecordId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The records that wait for one step, first come first served, as four bytes each.
///
/// One consumer asks for the next record; it waits while the lane is empty and is told when nothing
/// more will come.
final class Lane {
  private int[] ring = new int[64];
  private int head;
  private int size;
  private boolean closed;
  private @Nullable CompletableFuture<Optional<RecordId>> waiting;

  synchronized void offer(RecordId record) {
    if (closed) {
      throw new IllegalStateException("record " + record + " came to a closed lane");
    }
    if (waiting != null) {
      CompletableFuture<Optional<RecordId>> consumer = waiting;
      waiting = null;
      consumer.complete(Optional.of(record));
      return;
    }
    if (size == ring.length) {
      grow();
    }
    ring[(head + size++) % ring.length] = Math.toIntExact(record.ordinal());
  }

  /// Says that nothing more will come; what waits is still handed out.
  synchronized void close() {
    closed = true;
    if (waiting != null) {
      waiting.complete(Optional.empty());
      waiting = null;
    }
  }

  /// The next record; empty at the end. Not to be called again before it has completed.
  synchronized CompletionStage<Optional<RecordId>> next() {
    if (size > 0) {
      RecordId record = new RecordId(ring[head]);
      head = (head + 1) % ring.length;
      size--;
      return CompletableFuture.completedFuture(Optional.of(record));
    }
    if (closed) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (waiting != null) {
      throw new IllegalStateException("a lane has one consumer, which asks once at a time");
    }
    waiting = new CompletableFuture<>();
    return waiting;
  }

  synchronized int size() {
    return size;
  }

  private void grow() {
    int[] wider = new int[2 * ring.length];
    for (int i = 0; i < size; i++) {
      wider[i] = ring[(head + i) % ring.length];
    }
    ring = wider;
    head = 0;
  }
}
