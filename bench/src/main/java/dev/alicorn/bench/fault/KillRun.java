package dev.alicorn.bench.fault;

import dev.alicorn.engine.kill.JobShape;
import dev.alicorn.engine.kill.Kill;
import dev.alicorn.engine.kill.KillFigures;
import dev.alicorn.engine.kill.KillGround;
import dev.alicorn.engine.kill.KilledJob;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// Jobs that are killed, one behind the other, until there were enough kills.
final class KillRun {
  private static final JobShape REPEATING = new JobShape(400, 20, false, 16);
  private static final JobShape NEVER = new JobShape(400, 0, true, 16);

  /// Three jobs of ten have `repeat = never`.
  private static final double NEVER_SHARE = 0.3;

  private static final double RANDOM_SHARE = 0.5;
  private static final double NESTED_SHARE = 0.4;
  private static final double RECOVERY_SHARE = 0.2;
  private static final int REQUESTS_MAX = 40;
  private static final int MILLIS_MAX = 60;
  private static final int RECOVERY_MILLIS_MAX = 500;

  private final KillGround ground;
  private final SplittableRandom random;
  private final int kills;
  private KillFigures figures = KillFigures.NONE;
  private boolean recovering;

  private KillRun(KillGround ground, SplittableRandom random, int kills) {
    this.ground = ground;
    this.random = random;
    this.kills = kills;
  }

  /// @param seed of all that is drawn
  /// @param folder takes journals and datasets; those of a job that broke a promise stay
  static KillFigures of(int seed, int kills, Path folder) throws Exception {
    KillGround ground = KillGround.prepare(folder, List.of(REPEATING, NEVER));
    KillRun run = new KillRun(ground, new SplittableRandom(seed), kills);
    while (run.figures.kills() < kills) {
      run.oneJob();
    }
    return run.figures;
  }

  private void oneJob() throws Exception {
    JobShape shape = random.nextDouble() < NEVER_SHARE ? NEVER : REPEATING;
    long left = kills - figures.kills();
    boolean first = true;
    recovering = false;
    try (KilledJob job = ground.begin(shape)) {
      while (left > 0 && !job.completed()) {
        Kill kill = draw(job, first);
        left -= job.liveAndDie(kill) ? 1 : 0;
        recovering = kill.inRecovery();
        first = false;
      }
      if (!job.completed()) {
        job.complete();
      }
      figures = figures.plus(ground.account(job));
    }
    System.err.printf("%d of %d kills, %d jobs%n", figures.kills(), kills, figures.jobs());
  }

  private Kill draw(KilledJob job, boolean first) {
    if (recovering && random.nextDouble() < NESTED_SHARE) {
      return new Kill.InRecovery(random.nextInt(RECOVERY_MILLIS_MAX));
    }
    if (random.nextDouble() >= RANDOM_SHARE) {
      return Kill.atFailpoint(random, job.shape().never(), first, job.sealed());
    }
    return random.nextDouble() < RECOVERY_SHARE
        ? new Kill.InRecovery(random.nextInt(RECOVERY_MILLIS_MAX))
        : new Kill.AtRequest(random.nextInt(REQUESTS_MAX), random.nextInt(MILLIS_MAX));
  }
}
