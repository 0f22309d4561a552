package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;

/// The names and order of an incarnation's files: one an hour of UTC in which something was
/// appended.
///
/// An hour keeps a closed file small enough to copy away and to check beside others, while an idle
/// job makes none; a file holds four thousand million documents at most, which no hour reaches. A
/// [Position] index is `cycle << 40 | offset`: the cycle counts hours since 1970, the offset is
/// that of the document's length word, below 1 TiB.
final class CycleFiles {
  static final RollCycle ROLL_CYCLE = RollCycles.FAST_HOURLY;

  private static final String SUFFIX = "F.cq4";
  private static final String PACKED_SUFFIX = SUFFIX + ".zst";
  private static final int OFFSET_BITS = 40;
  private static final long SECONDS = ROLL_CYCLE.lengthInMillis() / 1_000;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HH", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private CycleFiles() {}

  /// The file of a cycle as it is written.
  static Path file(Path incarnationFolder, long cycle) {
    return incarnationFolder.resolve(NAME.format(Instant.ofEpochSecond(cycle * SECONDS)) + SUFFIX);
  }

  /// The file of a cycle that is there, packed or not.
  static Path present(Path incarnationFolder, long cycle) {
    Path file = file(incarnationFolder, cycle);
    Path packed = packed(file);
    return Files.exists(packed) && Files.notExists(file) ? packed : file;
  }

  /// What a file is called once it is packed.
  static Path packed(Path file) {
    return file.resolveSibling(file.getFileName() + ".zst");
  }

  static boolean isPacked(Path file) {
    return file.toString().endsWith(PACKED_SUFFIX);
  }

  /// The files of an incarnation, oldest first; none where the folder does not exist. Where a file
  /// lies there packed and unpacked, the packing was not finished, and the unpacked one counts.
  static List<Path> list(Path incarnationFolder) throws IOException {
    if (!Files.isDirectory(incarnationFolder)) {
      return List.of();
    }
    SortedMap<Long, Path> byCycle = new TreeMap<>();
    try (Stream<Path> files = Files.list(incarnationFolder)) {
      files
          .filter(CycleFiles::isCycleFile)
          .forEach(file ->
              byCycle.merge(cycle(file), file, (one, other) -> isPacked(one) ? other : one));
    }
    return List.copyOf(byCycle.values());
  }

  static long index(Path file, long offset) {
    return cycle(file) << OFFSET_BITS | offset;
  }

  static long index(long cycle, long offset) {
    return cycle << OFFSET_BITS | offset;
  }

  static long cycle(long index) {
    return index >>> OFFSET_BITS;
  }

  static long offset(long index) {
    return index & ((1L << OFFSET_BITS) - 1);
  }

  private static boolean isCycleFile(Path file) {
    try {
      return (file.toString().endsWith(SUFFIX) || isPacked(file)) && cycle(file) >= 0;
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  /// The cycle that a file is of.
  static long cycle(Path file) {
    String name = String.valueOf(file.getFileName());
    String hour = name.substring(0, name.indexOf(SUFFIX));
    return HOUR.parse(hour + "00", Instant::from).getEpochSecond() / SECONDS;
  }
}
