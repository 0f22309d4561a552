package dev.alicorn.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder for what a bench writes, on the checkout's disk, gone when it is closed.
public record Scratch(Path folder) implements AutoCloseable {
  private static final Path PARENT = Path.of(".alicorn");

  public static Scratch create(String bench) throws IOException {
    Files.createDirectories(PARENT);
    return new Scratch(Files.createTempDirectory(PARENT, bench + "-").toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    List<Path> bottomUp;
    try (Stream<Path> tree = Files.walk(folder)) {
      bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : bottomUp) {
      Files.delete(path);
    }
  }
}
