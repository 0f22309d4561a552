package dev.alicorn.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.failpoint.Failpoint;
import dev.alicorn.engine.failpoint.Failpoint.Phase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that are killed at every failpoint, one behind the other: no acknowledged fact is lost, no
/// journaled reply is asked for again, and the dataset is the one of an undisturbed run.
///
/// Every start after the first recovers from a kill, so that a kill in recovery is one of a journal
/// that another kill has left, and often another kill in recovery.
class FailpointFaultIT {
  private static final JobShape REPEATING = new JobShape(130, 4, false, 4);
  private static final JobShape NEVER = new JobShape(60, 0, true, 4);

  /// Low, so that the job's work lasts for all kills.
  private static final int HIT_MAX = 5;

  /// After an incarnation and the job; after an incarnation, its resumption and the endpoint.
  private static final List<Integer> FIRST_FACTS = List.of(2, 3);

  @TempDir private static Path folder = Path.of("");
  private static KillGround ground;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeAll
  static void prepare() throws Exception {
    ground = KillGround.prepare(folder, List.of(REPEATING, NEVER));
  }

  @Test
  void aJobThatIsKilledAtEveryPointLosesNothingAndPaysForNothingTwice() throws Exception {
    List<Failpoint> points = new ArrayList<>();
    points.addAll(of(Phase.SEAL));
    List<Failpoint> amid = of(Phase.CALLS, Phase.WRITES, Phase.RECOVERY, Phase.FOLD);
    amid.remove(Failpoint.BEFORE_INTENT);
    Collections.shuffle(amid, random);
    points.addAll(amid);
    points.addAll(of(Phase.END));

    KillFigures figures = killed(REPEATING, points);

    assertThat(figures.repeats()).as("seed %s: %s", seed, figures).isPositive();
  }

  @Test
  void aJobThatNeverRepeatsParksWhatAKillLeavesUnknown() throws Exception {
    List<Failpoint> points = of(Phase.CALLS);
    Collections.shuffle(points, random);

    KillFigures figures = killed(NEVER, points);

    assertThat(figures.parked()).as("seed %s: %s", seed, figures).isPositive();
  }

  private KillFigures killed(JobShape shape, List<Failpoint> points) throws Exception {
    try (KilledJob job = ground.begin(shape)) {
      killAmidItsFirstFacts(job);
      for (Failpoint point : points) {
        int hit = 1 + random.nextInt(Math.min(HIT_MAX, point.hitMax()));
        assertThat(job.liveAndDie(new Kill.AtFailpoint(point, hit)))
            .as("seed %s: it comes to hit %s of %s", seed, hit, point)
            .isTrue();
      }
      job.complete();
      KillFigures figures = ground.account(job);
      assertThat(figures.good()).as("seed %s, %s: %s", seed, points, figures).isTrue();
      assertThat(figures.kills()).isEqualTo(points.size() + FIRST_FACTS.size());
      return figures;
    }
  }

  /// Facts that come before all rows: the job, then what its endpoint stands for, and not yet what
  /// its encoder does.
  private void killAmidItsFirstFacts(KilledJob job) throws Exception {
    for (int fact : FIRST_FACTS) {
      assertThat(job.liveAndDie(new Kill.AtFailpoint(Failpoint.AFTER_APPEND, fact))).isTrue();
    }
  }

  private static List<Failpoint> of(Phase... phases) {
    List<Phase> wanted = List.of(phases);
    return new ArrayList<>(
        Arrays.stream(Failpoint.values()).filter(point -> wanted.contains(point.phase())).toList());
  }
}
