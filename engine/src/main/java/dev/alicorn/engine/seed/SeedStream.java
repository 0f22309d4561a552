package dev.alicorn.engine.seed;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of one source, read one by one.
interface SeedStream extends Closeable {
  /// The next row, or null behind the last.
  ///
  /// @throws SeedException where it cannot be read any further
  @Nullable SeedRow next() throws IOException;
}
