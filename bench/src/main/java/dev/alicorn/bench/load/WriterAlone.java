package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.JavaCommand;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.dataset.FormatAlone;
import dev.alicorn.engine.replay.ReplayStages;
import dev.alicorn.engine.replay.SyntheticJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One dataset format's writer, fed with rows that lie ready in memory.
record WriterAlone(String format, ReplayStages.Ready ready) {
  static final int READY_RECORDS = 2_000;

  /// What a round took and wrote.
  record Round(double seconds, long bytes) {}

  /// @param folder takes a small journal that the rows come from
  static WriterAlone prepare(Path folder, String format, int dimension) throws Exception {
    Path few = folder.resolve("few-" + format);
    SyntheticJournal.write(few, READY_RECORDS, dimension);
    return new WriterAlone(format, ReplayStages.rows(few, folder.resolve("ready-" + format)));
  }

  /// Writes a dataset; the seconds that took.
  ///
  /// @param records in steps of [#READY_RECORDS], at least one
  double seconds(Path target, int records) throws Exception {
    long start = System.nanoTime();
    FormatAlone.write(
        target, ready.facts(), ready.rows(), Math.max(1, records / READY_RECORDS), format);
    return (System.nanoTime() - start) / 1e9;
  }

  /// Writes datasets one after another in a Java of its own, which has written a smaller one before
  /// that is left out.
  ///
  /// @param folder takes each, until it is written
  static List<Round> rounds(
      Path folder, String format, int dimension, int warmUp, int records, int rounds)
      throws Exception {
    return ChildProcess.run(
            Map.of(),
            JavaCommand.of(
                List.of(ReplayStage.HEAP),
                WriterAlone.class.getName(),
                List.of(
                    folder.toString(),
                    format,
                    Integer.toString(dimension),
                    Integer.toString(warmUp),
                    Integer.toString(records),
                    Integer.toString(rounds))))
        .orThrow()
        .output()
        .lines()
        .filter(line -> line.startsWith("round "))
        .map(line -> line.split(" ", -1))
        .map(words -> new Round(Double.parseDouble(words[1]), Long.parseLong(words[2])))
        .toList();
  }

  static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    WriterAlone writer = prepare(folder, arguments[1], Integer.parseInt(arguments[2]));
    Path target = folder.resolve("alone");
    writer.seconds(target, Integer.parseInt(arguments[3]));
    new Scratch(target).close();
    for (int round = 0; round < Integer.parseInt(arguments[5]); round++) {
      double seconds = writer.seconds(target, Integer.parseInt(arguments[4]));
      System.out.println("round " + seconds + " " + bytes(target));
      new Scratch(target).close();
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
