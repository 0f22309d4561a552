package dev.alicorn.engine.seed;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of a seed file, read one by one.
interface FileRows extends Closeable {
  /// The next row, or null behind the last.
  ///
  /// @throws SeedException where the format does not allow to go on behind what is broken
  @Nullable FileRow next() throws IOException;
}
