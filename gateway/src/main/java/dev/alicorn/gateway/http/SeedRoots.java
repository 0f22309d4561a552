package dev.alicorn.gateway.http;

import dev.alicorn.config.ConfigException;
import dev.alicorn.protocol.JobSpec;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The folders that a job sent over HTTP may name seed files in.
record SeedRoots(List<Path> roots) {

  /// The root that holds all seed files of a job; any folder where it names none.
  ///
  /// @throws ConfigException when no root holds them all: a link out of it does not count
  Path baseFolder(JobSpec spec) throws ConfigException {
    List<String> files = spec.seeds().stream().flatMap(source -> source.files().stream()).toList();
    if (files.isEmpty()) {
      return Path.of("").toAbsolutePath();
    }
    for (Path root : roots) {
      if (files.stream().allMatch(file -> holds(root, file))) {
        return root.toAbsolutePath().normalize();
      }
    }
    throw new ConfigException(
        "seeds",
        files
            + (files.size() == 1 ? " is" : " are")
            + " in no folder of gateway.seed_roots; put the files there, or send them with `alicorn submit`");
  }

  private static boolean holds(Path root, String file) {
    try {
      Path real = root.toRealPath();
      return !Path.of(file).isAbsolute() && real.resolve(file).toRealPath().startsWith(real);
    } catch (IOException | InvalidPathException _) {
      return false;
    }
  }
}
