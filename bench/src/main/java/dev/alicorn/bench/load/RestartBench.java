package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.journal.JournalStats;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// How long a job takes to be ready again after it ended, by the facts in its journal: the journal
/// opened, its last incarnation checked and all that is settled known, before the first call.
public final class RestartBench implements Bench {
  private static final int SEEDS_MAX = 1_000_000;
  private static final int IN_FLIGHT = 256;

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public String subject() {
    return "from start to ready over a journal that is there, by its facts; --seeds N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    List<Row> rows = new ArrayList<>();
    int seedsMax = Count.of(name(), "seeds", SEEDS_MAX, 1, words);
    for (int seeds = Math.min(10_000, seedsMax); seeds <= seedsMax; seeds = next(seeds, seedsMax)) {
      rows.addAll(measured(seeds));
    }
    return new BenchResult(
        name(),
        rows,
        List.of(
            "A job of captions that was paused when all were settled. snapshot: with what it left beside its journal; facts: without.",
            "allowed_s is 5 s and 1 s for each million facts."));
  }

  private static int next(int seeds, int max) {
    return seeds == max ? max + 1 : Math.min(10 * seeds, max);
  }

  private static List<Row> measured(int seeds) throws Exception {
    try (Scratch scratch = Scratch.create("restart");
        EndpointProcess endpoint = EndpointProcess.start();
        LoadedEngine engine = CaptionJob.engine(scratch.folder(), endpoint, seeds, IN_FLIGHT)) {
      RunningJob job = engine.start("restarted");
      job.untilSettled(seeds, _ -> {});
      job.pause();
      List<Row> rows = new ArrayList<>();
      for (String restart : List.of("snapshot", "facts")) {
        if (restart.equals("facts")) {
          Files.delete(engine.journal("restarted").resolveSibling("snapshot"));
        }
        long start = System.nanoTime();
        RunningJob again = engine.start("restarted");
        double seconds = (System.nanoTime() - start) / 1e9;
        again.pause();
        JournalStats facts = JournalStats.of(engine.journal("restarted"));
        rows.add(
            Row.of(restart + "_" + seeds, "facts", (double) facts.facts())
                .and("journal_mb", facts.fileBytes() / 1e6)
                .and("ready_s", seconds)
                .and("allowed_s", 5 + facts.facts() / 1e6));
      }
      return rows;
    }
  }
}
