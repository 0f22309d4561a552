package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The folder of a journal: `0001/`, `0002/`, … one an incarnation, and the last-durable marker.
record JournalFolder(Path path) {
  Path incarnation(int number) {
    return path.resolve(String.format(Locale.ROOT, "%04d", number));
  }

  Path marker() {
    return path.resolve("durable");
  }

  /// The bytes of all files as they are now, each up to the last that is used; a packed file counts
  /// as what it unpacks to.
  long fileBytes() throws IOException {
    long bytes = 0;
    for (int incarnation : incarnations()) {
      for (Path file : CycleFiles.list(incarnation(incarnation))) {
        try (CycleFile opened = CycleFile.open(file)) {
          bytes += opened.usedBytes();
        }
      }
    }
    return bytes;
  }

  /// An exception where no incarnation has a folder.
  void requirePresent() throws JournalException {
    try {
      if (incarnations().isEmpty()) {
        throw JournalException.of(
            JournalException.Kind.ABSENT,
            "there is no journal",
            path,
            "name the folder that holds 0001/");
      }
    } catch (IOException e) {
      throw JournalException.io("the journal cannot be read", path, e);
    }
  }

  /// The numbers of the incarnations that have a folder, in order.
  List<Integer> incarnations() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.matches("\\d{4,9}"))
          .map(Integer::valueOf)
          .filter(number -> number > 0 && Files.isDirectory(incarnation(number)))
          .distinct()
          .sorted()
          .toList();
    }
  }
}
