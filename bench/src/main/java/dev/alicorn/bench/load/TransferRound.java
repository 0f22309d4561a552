package dev.alicorn.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.JavaCommand;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.replay.TransferPass;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Embeddings moved once, and as many bytes copied from file to file once, in a Java of its own
/// with a heap of 512 MiB that has moved and copied a few before.
final class TransferRound {
  static final String HEAP = "-Xmx512m";
  static final int WARM_UP_ROWS = 10_000;
  static final int WARM_UPS = 3;
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int PAGE_BYTES = 1 << 12;
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path folder;

  private TransferRound(Path folder) {
    this.folder = folder;
  }

  /// What a round took.
  record Cost(double seconds, double cpuSeconds) {}

  /// What both took.
  record Costs(Cost move, Cost copy) {}

  /// Where the moved embeddings lie after a round.
  static Path moved(Path folder) {
    return folder.resolve("moved/trainer/embeddings");
  }

  /// Where the embeddings lie as they were before, for the trainer.
  static Path unmoved(Path folder) {
    return folder.resolve("unmoved/trainer/embeddings");
  }

  /// Where the copy of these lies after a round.
  static Path copied(Path folder) {
    return folder.resolve("copied");
  }

  /// Writes embeddings into a folder, as facts that are laid apart and as the trainer reads them.
  static void prepare(Path folder, int rows, int dimension) throws Exception {
    TransferPass pass = new TransferPass(rows, dimension);
    pass.scatter(folder.resolve("facts"));
    pass.writeUnmoved(folder.resolve("unmoved"));
    new TransferPass(WARM_UP_ROWS, dimension).scatter(folder.resolve("few"));
  }

  /// Runs a round in a child.
  ///
  /// @param copyFirst whether the copy comes first
  static Costs run(Path folder, int rows, int dimension, boolean copyFirst) throws Exception {
    List<String> output =
        ChildProcess.run(
                Map.of(),
                JavaCommand.of(
                    List.of(HEAP),
                    TransferRound.class.getName(),
                    List.of(
                        folder.toString(),
                        Integer.toString(rows),
                        Integer.toString(dimension),
                        Boolean.toString(copyFirst))))
            .orThrow()
            .output()
            .lines()
            .toList();
    return new Costs(cost(output, "move"), cost(output, "copy"));
  }

  private static Cost cost(List<String> output, String what) {
    return output.stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length == 3 && words[0].equals(what))
        .map(words -> new Cost(Double.parseDouble(words[1]), Double.parseDouble(words[2])))
        .findFirst()
        .orElseThrow();
  }

  static void main(String[] arguments) throws Exception {
    TransferRound round = new TransferRound(Path.of(arguments[0]));
    int rows = Integer.parseInt(arguments[1]);
    int dimension = Integer.parseInt(arguments[2]);
    round.warmUp(dimension);
    TransferPass pass = new TransferPass(rows, dimension);
    Work move = () -> pass.move(round.folder.resolve("facts"), round.folder.resolve("moved"));
    Work copy = () -> copy(unmoved(round.folder), copied(round.folder));
    if (Boolean.parseBoolean(arguments[3])) {
      measure("copy", copy);
      measure("move", move);
    } else {
      measure("move", move);
      measure("copy", copy);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void measure(String what, Work work) throws Exception {
    long cpu = MACHINE.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(what + " " + seconds + " " + (MACHINE.getProcessCpuTime() - cpu) / 1e9);
  }

  private void warmUp(int dimension) throws Exception {
    TransferPass few = new TransferPass(WARM_UP_ROWS, dimension);
    for (int time = 0; time < WARM_UPS; time++) {
      try (Scratch scratch = Scratch.create("transfer-warm-up")) {
        Path moved = scratch.folder().resolve("moved");
        few.move(folder.resolve("few"), moved);
        copy(moved.resolve("trainer/embeddings"), scratch.folder().resolve("copied"));
      }
    }
  }

  /// Reads and writes through a buffer on a page, which all processors copy to at full speed; the
  /// kernel's own ways might share the blocks instead of copying them. Each file is synced.
  private static void copy(Path source, Path target) throws IOException {
    Files.createDirectory(target);
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(BUFFER_BYTES + PAGE_BYTES).alignedSlice(PAGE_BYTES);
    List<Path> files;
    try (Stream<Path> listed = Files.list(source)) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
          FileChannel out =
              FileChannel.open(
                  target.resolve(file.getFileName()),
                  StandardOpenOption.WRITE,
                  StandardOpenOption.CREATE_NEW)) {
        while (in.read(buffer.clear().limit(BUFFER_BYTES)) >= 0) {
          buffer.flip();
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
        }
        out.force(true);
      }
    }
  }
}
