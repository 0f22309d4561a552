package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;

/// What makes written bytes survive a power cut; not thread-safe.
interface Barrier extends AutoCloseable {
  /// Returns when all that was written to a file is on the disk, through whatever mapping it was
  /// written.
  void forceFile(Path file) throws IOException;

  /// Returns when the names in a folder are on the disk. A name there may mean another file from
  /// now on.
  void forceNames(Path folder) throws IOException;

  @Override
  void close() throws IOException;
}
