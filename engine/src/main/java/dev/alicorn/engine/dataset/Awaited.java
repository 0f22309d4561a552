package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Waiting for a part of a dataset that another thread makes.
public final class Awaited {
  private Awaited() {}

  /// What the part came to; whatever ended it is thrown as it was.
  ///
  /// @param what is being made, as in `the dataset's writing`
  /// @throws InterruptedIOException when this thread is interrupted, and it stays so
  public static <T> T result(Future<T> part, String what) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what + " was interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(what + " ended", e);
      }
    }
  }
}
