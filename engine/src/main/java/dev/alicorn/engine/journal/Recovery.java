package dev.alicorn.engine.journal;

import java.nio.file.Path;

/// What opening a journal for writing found.
public sealed interface Recovery {
  /// The last fact that was there, 0 where there was none.
  long lastSeq();

  /// There was no journal yet.
  record Fresh() implements Recovery {
    @Override
    public long lastSeq() {
      return 0;
    }
  }

  /// Nothing stood behind the last fact.
  record Clean(long lastSeq) implements Recovery {}

  /// Behind the last fact stood what a crash had left; none of it was durable, and none of it will
  /// be read again.
  ///
  /// @param reason what ended the chain of facts
  /// @param file where the last fact should have been followed by another, and the byte
  /// @param recordsCut intact records that were cut off, since one before them was not
  /// @param bytesCut bytes that were cut off
  record TornTail(
      long lastSeq, String reason, Path file, long offset, long recordsCut, long bytesCut)
      implements Recovery {}
}
