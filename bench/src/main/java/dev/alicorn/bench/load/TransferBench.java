package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.bench.load.TransferRound.Cost;
import dev.alicorn.bench.load.TransferRound.Costs;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.PythonEnvironment;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Embeddings moved by mean shift as a replay moves them, at growing sizes, beside a plain copy of
/// the same bytes and beside the authors' method in numpy.
public final class TransferBench implements Bench {
  private static final int RECORDS = 1_200_000;
  private static final int RECORDS_MIN = 1_000;
  private static final int DIMENSION = 1_280;
  private static final int ROUNDS = 3;
  private static final List<Integer> SMALLER = List.of(10_000, 100_000);

  @Override
  public String name() {
    return "transfer";
  }

  @Override
  public String subject() {
    return "embeddings moved by mean shift at 10^4, 10^5 and --records N, beside a copy and numpy; needs 21 kB of disk a record";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int most = Count.of(name(), "records", RECORDS, RECORDS_MIN, words);
    PythonEnvironment python = PythonEnvironment.of(name());
    List<Row> rows = new ArrayList<>();
    for (int records : SMALLER) {
      if (records < most) {
        rows.add(measured(python, records));
      }
    }
    rows.add(measured(python, most));
    return new BenchResult(
        name(),
        rows,
        List.of(
            "Vectors of %d dimensions, float32 in the facts and in the trainer's files; medians of %d rounds, the three in turn, each round in a process of its own."
                .formatted(DIMENSION, ROUNDS),
            "move reads facts that are laid apart, for the mean and once more to move them, and writes the trainer's embeddings, each file hashed and synced; by all processors, with %s, after %d of %d rows that are left out."
                .formatted(TransferRound.HEAP, TransferRound.WARM_UPS, TransferRound.WARM_UP_ROWS),
            "copy reads and writes embeddings of the same length, each file synced. numpy pickles, as the authors do, without a sync; its imports are left out.",
            "to_copy_ratio and to_numpy_ratio are of rates; max_difference is between a value of move's and of numpy's files."));
  }

  private Row measured(PythonEnvironment python, int records) throws Exception {
    try (Scratch scratch = Scratch.create(name())) {
      Path folder = scratch.folder();
      TransferRound.prepare(folder, records, DIMENSION);
      List<Cost> move = new ArrayList<>();
      List<Cost> copy = new ArrayList<>();
      List<Cost> numpy = new ArrayList<>();
      double difference = 0;
      for (int round = 0; round < ROUNDS; round++) {
        Costs costs = TransferRound.run(folder, records, DIMENSION, round % 2 == 1);
        move.add(costs.move());
        copy.add(costs.copy());
        requireSameLength(TransferRound.moved(folder), TransferRound.copied(folder));
        new Scratch(TransferRound.copied(folder)).close();
        Path shifted = folder.resolve("numpy");
        JsonNode figures =
            run(python, folder, "mean_shift", TransferRound.unmoved(folder), shifted);
        numpy.add(
            new Cost(
                figures.path("seconds").doubleValue(), figures.path("cpu_seconds").doubleValue()));
        if (round == 0) {
          difference =
              run(python, folder, "difference", TransferRound.moved(folder), shifted)
                  .path("difference")
                  .doubleValue();
        }
        new Scratch(shifted).close();
        new Scratch(folder.resolve("moved")).close();
      }
      double moveSeconds = median(move, Cost::seconds);
      double copySeconds = median(copy, Cost::seconds);
      double numpySeconds = median(numpy, Cost::seconds);
      return Row.of("records_" + records, "mb", bytes(TransferRound.unmoved(folder)) / 1e6)
          .and("move_s", moveSeconds)
          .and("move_us_per_record", moveSeconds * 1e6 / records)
          .and("move_cpu_us_per_record", median(move, Cost::cpuSeconds) * 1e6 / records)
          .and("copy_s", copySeconds)
          .and("copy_cpu_us_per_record", median(copy, Cost::cpuSeconds) * 1e6 / records)
          .and("numpy_s", numpySeconds)
          .and("numpy_cpu_us_per_record", median(numpy, Cost::cpuSeconds) * 1e6 / records)
          .and("to_copy_ratio", copySeconds / moveSeconds)
          .and("to_numpy_ratio", numpySeconds / moveSeconds)
          .and("copy_to_numpy_ratio", numpySeconds / copySeconds)
          .and("max_difference", difference);
    }
  }

  private static JsonNode run(
      PythonEnvironment python, Path folder, String script, Path one, Path other)
      throws IOException, InterruptedException {
    return python.run(folder, Map.of(), script, List.of(one.toString(), other.toString()));
  }

  private static double median(List<Cost> rounds, ToDoubleFunction<Cost> figure) {
    return Objects.requireNonNull(
        Row.spread("", "s", rounds.stream().mapToDouble(figure).toArray())
            .figures()
            .get("median_s"));
  }

  private static void requireSameLength(Path moved, Path copied) throws IOException {
    if (bytes(moved) != bytes(copied)) {
      throw new IllegalStateException(
          "%d bytes were written and %d copied".formatted(bytes(moved), bytes(copied)));
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
