package dev.alicorn.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same journal gives the same bytes (P5).
class ReplayIT {
  /// Three ranges, the last not full.
  private static final int RECORDS = 2 * Scatter.RANGE_RECORDS + 1_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void givesTheSameBytesByWhateverThreadsAndWherever() throws Exception {
    Path journal = folder.resolve("journal");
    SyntheticJournal.write(journal, RECORDS, 24);
    Path first = folder.resolve("first");
    ReplayResult result = Replay.of(journal, "test").on(1).into(first);
    assertThat(result.captions()).containsOnlyKeys("exported").containsValue((long) RECORDS);
    assertThat(result.samples()).containsOnlyKeys("exported");
    SortedMap<String, ContentHash> wanted = digests(first);
    assertThat(wanted).hasSizeGreaterThan(6);

    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(again(journal, 3)).isEqualTo(wanted);
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      assertThat(again(copyInAnotherOrder(journal), 8)).isEqualTo(wanted);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void anInterruptedReplayLeavesNothing() throws Exception {
    Path journal = folder.resolve("journal");
    SyntheticJournal.write(journal, RECORDS, 8);
    Thread.currentThread().interrupt();
    Path target = folder.resolve("out/dataset");
    assertThat(catchThrowable(() -> Replay.of(journal, "test").into(target)))
        .isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  private SortedMap<String, ContentHash> again(Path journal, int threads) throws Exception {
    Path target = folder.resolve("by-" + threads);
    Replay.of(journal, "test").on(threads).into(target);
    return digests(target);
  }

  private Path copyInAnotherOrder(Path journal) throws IOException {
    Path copy = folder.resolve("copy");
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(journal)) {
      paths = tree.toList();
    }
    for (Path path : paths.reversed()) {
      Path target = copy.resolve(journal.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
    return copy;
  }

  private static SortedMap<String, ContentHash> digests(Path dataset) throws IOException {
    SortedMap<String, ContentHash> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(dataset)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(dataset.relativize(file).toString(), ContentHash.of(Files.readAllBytes(file)));
      }
    }
    return digests;
  }
}
