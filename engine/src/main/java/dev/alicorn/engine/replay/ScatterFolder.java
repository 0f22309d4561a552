package dev.alicorn.engine.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A hidden folder beside a dataset in the making, for the scattered facts; it goes with [#close].
///
/// Its name ends with the process's id, so that what a killed process left is told from what a
/// living one uses, and is removed.
record ScatterFolder(Path path) implements Closeable {

  static ScatterFolder beside(Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IOException(
          absolute + " is no place for a dataset; name a folder that does not exist yet");
    }
    Files.createDirectories(parent);
    String prefix = "." + absolute.getFileName() + ".scatter-";
    removeLeftovers(parent, prefix);
    return new ScatterFolder(
        Files.createDirectory(parent.resolve(prefix + ProcessHandle.current().pid())));
  }

  private static void removeLeftovers(Path parent, String prefix) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> siblings = Files.list(parent)) {
      leftovers =
          siblings.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
    for (Path leftover : leftovers) {
      String pid = leftover.getFileName().toString().substring(prefix.length());
      if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
        remove(leftover);
      }
    }
  }

  static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    remove(path);
  }
}
