package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/// A job of 1.2 million seeds with all of its steps, watched from its 100,000th call to its end:
/// what grows that should not.
public final class SoakBench implements Bench {
  private static final int SEEDS = 1_200_000;
  private static final int SEEDS_MIN = 20_000;
  private static final long WARM_CALLS = 100_000;
  private static final long LOOK_EVERY_CALLS = 50_000;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String subject() {
    return "a whole job of 1.2 million seeds: slope of the heap, spread of memory; --seeds N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int seeds = Count.of(name(), "seeds", SEEDS, SEEDS_MIN, words);
    AtomicLong next = new AtomicLong(Math.min(WARM_CALLS, seeds / 4));
    List<LongJob.Look> looks;
    try (Scratch scratch = Scratch.create(name())) {
      looks =
          LongJob.run(
              scratch.folder(),
              seeds,
              true,
              calls -> {
                boolean due = calls >= next.get();
                if (due) {
                  next.set(calls + LOOK_EVERY_CALLS);
                }
                return due;
              });
    }
    LongJob.Look last = looks.getLast();
    return new BenchResult(
        name(),
        List.of(
            Row.of("job", "calls", (double) last.calls())
                .and("seconds", last.seconds())
                .and("looks", (double) looks.size())
                .and("heap_slope_bytes_per_call", slope(looks)),
            spread("heap_mb", looks, LongJob.Look::heapBytes, 1e6),
            spread("rss_mb", looks, LongJob.Look::rssBytes, 1e6),
            spread("threads", looks, LongJob.Look::threads, 1),
            spread("descriptors", looks, LongJob.Look::descriptors, 1)),
        List.of(
            "%d seeds, a caption and a vector each and a conversation for one in five, %s; a look every %d calls after the first %d, each behind a full collection."
                .formatted(seeds, LongJob.HEAP, LOOK_EVERY_CALLS, WARM_CALLS),
            "heap_slope_bytes_per_call is the least-squares slope over all looks; the job's index grows by half when it is full, so it has steps."));
  }

  private static Row spread(
      String name, List<LongJob.Look> looks, ToLongFunction<LongJob.Look> figure, double unit) {
    return Row.spread(
        name,
        "figure",
        looks.stream().mapToDouble(look -> figure.applyAsLong(look) / unit).toArray());
  }

  private static double slope(List<LongJob.Look> looks) {
    double calls = looks.stream().mapToLong(LongJob.Look::calls).average().orElseThrow();
    double heap = looks.stream().mapToLong(LongJob.Look::heapBytes).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (LongJob.Look look : looks) {
      above += (look.calls() - calls) * (look.heapBytes() - heap);
      below += (look.calls() - calls) * (look.calls() - calls);
    }
    return below == 0 ? 0 : above / below;
  }
}
