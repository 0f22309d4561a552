package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.kill.JobShape;
import dev.alicorn.engine.kill.Kill;
import dev.alicorn.engine.kill.KillGround;
import dev.alicorn.engine.kill.KilledJob;
import dev.alicorn.engine.replay.JournalCopy.Packing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/// One job's journal replayed a hundred times by the command line, each time in other surroundings:
/// how many different datasets come out.
public final class ReplaysBench implements Bench {
  private static final int TIMES = 100;

  /// Large enough for threads to share its records.
  private static final JobShape SHAPE = new JobShape(9_000, 200, false, 64);

  /// Each leaves an incarnation with files of its own.
  private static final int KILLS = 3;

  private static final int REQUESTS_BETWEEN_KILLS = 2_500;

  @Override
  public String name() {
    return "replays";
  }

  @Override
  public String subject() {
    return "one journal replayed --times N in other surroundings: how many different datasets";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int times = Count.of(name(), "times", TIMES, 1, words);
    long seed = System.nanoTime();
    List<ReplayOnce> replays = measured(times, new Random(seed));
    List<Row> rows = new ArrayList<>();
    for (Packing packing : Packing.values()) {
      List<ReplayOnce> packed =
          replays.stream().filter(replay -> replay.packing() == packing).toList();
      if (!packed.isEmpty()) {
        rows.add(row("packed_" + packing.name().toLowerCase(Locale.ROOT), packed));
      }
    }
    rows.add(row("total", replays));
    return new BenchResult(name(), rows, remarks(replays, seed));
  }

  /// Replays; where one gave something else, all files stay for whoever looks into it.
  private List<ReplayOnce> measured(int times, Random random) throws Exception {
    List<ReplayOnce> replays = new ArrayList<>();
    Scratch scratch = Scratch.create(name());
    try (KilledJob job = job(scratch.folder())) {
      ReplayRun run = ReplayRun.prepare(scratch.folder(), job.journal(), job.dataset(), random);
      while (replays.size() < times) {
        replays.add(run.once());
        System.err.printf(Locale.ROOT, "%d of %d replays%n", replays.size(), times);
      }
    }
    if (same(replays)) {
      scratch.close();
    }
    return replays;
  }

  private static boolean same(List<ReplayOnce> replays) {
    return distinct(replays, ReplayOnce::dataset) == 1
        && replays.stream().allMatch(ReplayOnce::asJob);
  }

  /// A job that was killed now and then and is completed.
  private static KilledJob job(Path folder) throws Exception {
    KilledJob job = KillGround.prepare(folder, List.of(SHAPE)).begin(SHAPE);
    for (int kill = 0; kill < KILLS; kill++) {
      if (!job.liveAndDie(new Kill.AtRequest(REQUESTS_BETWEEN_KILLS, 0))) {
        throw new IllegalStateException("the job was completed before kill " + kill);
      }
    }
    job.complete();
    return job;
  }

  private static Row row(String name, List<ReplayOnce> replays) {
    return Row.of(name, "replays", (double) replays.size())
        .and("thread_counts", distinct(replays, replay -> replay.surroundings().threads()))
        .and("time_zones", distinct(replays, replay -> replay.surroundings().zone()))
        .and("locales", distinct(replays, replay -> replay.surroundings().locale()))
        .and("offline_replays", number(replays, ReplayOnce::offline))
        .and("distinct_sha256", distinct(replays, ReplayOnce::dataset))
        .and("unlike_job_datasets", number(replays, replay -> !replay.asJob()));
  }

  private static double distinct(List<ReplayOnce> replays, Function<ReplayOnce, Object> what) {
    return (double) replays.stream().map(what).distinct().count();
  }

  private static double number(List<ReplayOnce> replays, Predicate<ReplayOnce> which) {
    return (double) replays.stream().filter(which).count();
  }

  private static List<String> remarks(List<ReplayOnce> replays, long seed) {
    return List.of(
        (same(replays)
                ? "Every replay gave the same bytes."
                : "REPLAYS DIFFER: distinct_sha256 must be 1 and unlike_job_datasets 0.")
            + " Drawn with seed "
            + seed
            + ".",
        "A job of %d captions and %d samples with vectors, killed %d times on its way; `./alicorn replay` in a process of its own each time, of a copy whose files were written in a random order, as they are or packed."
            .formatted(SHAPE.seeds(), 3 * SHAPE.samples(), KILLS),
        "distinct_sha256 is over all files of the dataset; unlike_job_datasets have other files for trainers than the job itself wrote; offline_replays had no network.");
  }
}
