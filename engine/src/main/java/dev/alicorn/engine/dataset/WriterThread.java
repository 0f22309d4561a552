package dev.alicorn.engine.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A format's writer on a thread of its own, so that formats are written side by side.
///
/// One batch of rows is written while the next is made. What goes wrong shows at the next call.
final class WriterThread implements Closeable {
  private final DatasetWriter writer;
  private final ExecutorService thread;
  private Future<?> writing = CompletableFuture.completedFuture(null);

  WriterThread(DatasetWriter writer, String format) {
    this.writer = writer;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("alicorn-write-" + format).factory());
  }

  /// Waits for the rows before and hands over the next.
  void add(List<DatasetRow> rows) throws IOException {
    await();
    writing =
        thread.submit(() -> {
          for (DatasetRow row : rows) {
            switch (row) {
              case CaptionRow caption -> writer.caption(caption);
              case SampleRow sample -> writer.sample(sample);
            }
          }
          return null;
        });
  }

  /// Completes every file.
  void finish() throws IOException {
    await();
    writing =
        thread.submit(() -> {
          writer.finish();
          return null;
        });
    await();
  }

  private void await() throws IOException {
    Awaited.result(writing, "the dataset's writing");
  }

  /// Gives up what is being written.
  @Override
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (thread.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
