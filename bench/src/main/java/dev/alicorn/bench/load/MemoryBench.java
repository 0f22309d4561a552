package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What a running job holds in memory as it grows from 10^4 seeds to 1.2 million.
public final class MemoryBench implements Bench {
  private static final int SEEDS = 1_200_000;
  private static final int SEEDS_MIN = 20_000;
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 400_000, 800_000, 1_150_000);

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String subject() {
    return "heap and resident memory of a job as it grows; --seeds N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int seeds = Count.of(name(), "seeds", SEEDS, SEEDS_MIN, words);
    Deque<Integer> left = new ArrayDeque<>(SIZES);
    left.removeIf(size -> size > seeds);
    List<LongJob.Look> looks;
    try (Scratch scratch = Scratch.create(name())) {
      looks =
          LongJob.run(
              scratch.folder(),
              seeds,
              false,
              calls -> {
                boolean reached = !left.isEmpty() && calls >= left.peek();
                if (reached) {
                  left.remove();
                }
                return reached;
              });
    }
    List<Row> rows = new ArrayList<>();
    for (LongJob.Look look : looks) {
      rows.add(
          Row.of("calls_" + look.calls(), "heap_mb", look.heapBytes() / 1e6)
              .and("rss_mb", look.rssBytes() / 1e6)
              .and("threads", (double) look.threads())
              .and("descriptors", (double) look.descriptors()));
    }
    double bytesPerRecord =
        bytesPerRecord(looks.get(Math.min(1, looks.size() - 1)), looks.getLast());
    rows.add(Row.of("growth", "heap_bytes_per_record", bytesPerRecord));
    return new BenchResult(
        name(),
        rows,
        List.of(
            "A job of %d seeds, a caption and a vector each, 256 calls in flight, %s; heap_mb is what is alive after a full collection."
                .formatted(seeds, LongJob.HEAP),
            "growth is from the second row to the last, calls in flight and queues included. A job has at most 2^31 records; at this growth that many would hold %.0f GB, and 10^9 of them %.0f GB."
                .formatted(bytesPerRecord * Math.scalb(1.0, 31) / 1e9, bytesPerRecord)));
  }

  private static double bytesPerRecord(LongJob.Look first, LongJob.Look last) {
    return (last.heapBytes() - first.heapBytes())
        / (double) Math.max(1, last.calls() - first.calls());
  }
}
