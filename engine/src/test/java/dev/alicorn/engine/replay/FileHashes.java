package dev.alicorn.engine.replay;

import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The SHA-256 of each file of a folder, by its path in it.
public record FileHashes(SortedMap<String, ContentHash> byPath) {
  public static final FileHashes NONE = new FileHashes(new TreeMap<>());

  public FileHashes {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
  }

  public static FileHashes of(Path folder) throws IOException {
    SortedMap<String, ContentHash> byPath = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byPath.put(folder.relativize(file).toString(), ContentHash.of(Files.readAllBytes(file)));
      }
    }
    return new FileHashes(byPath);
  }

  /// Those of the files that trainers read from a dataset: they say nothing of who made it.
  public FileHashes forTrainers() {
    SortedMap<String, ContentHash> some = new TreeMap<>(byPath);
    some.keySet()
        .removeIf(
            path -> Stream.of("data", "trainer").noneMatch(part -> Path.of(path).startsWith(part)));
    return new FileHashes(some);
  }

  /// One over all paths and hashes.
  public ContentHash whole() {
    StringBuilder lines = new StringBuilder();
    byPath.forEach((path, hash) -> lines.append(hash.hex()).append("  ").append(path).append('\n'));
    return ContentHash.of(lines.toString());
  }
}
