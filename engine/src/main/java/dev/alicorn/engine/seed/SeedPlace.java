package dev.alicorn.engine.seed;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A seed source that is a file, as errors name it.
///
/// @param source index in the job's `seeds`
record SeedPlace(int source, Path file) {

  /// The file as a whole is at fault.
  SeedException fault(String why) {
    return new SeedException("seeds[" + source + "]: " + file + " " + why);
  }

  /// A key of the source does not go with the file.
  SeedException fault(String key, String why) {
    return new SeedException("seeds[" + source + "]." + key + ": " + file + " " + why);
  }

  SeedException unreadable(IOException cause) {
    String why =
        cause instanceof NoSuchFileException
            ? "is not there; name a file, relative to the job's file"
            : "cannot be read ("
                + (cause.getMessage() == null
                    ? cause.getClass().getSimpleName()
                    : cause.getMessage())
                + "); name a whole file that you may read, relative to the job's file";
    return new SeedException("seeds[" + source + "]: " + file + " " + why, cause);
  }
}
