package dev.alicorn.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A heap that is too small for the replies that come at once: the process ends by itself and says
/// why, what it had acknowledged is there, and one with a larger heap goes on.
class HeapFaultIT {
  private static final JobShape SHAPE = new JobShape(120, 0, false, 64);
  private static final int GOOD_REPLIES = 40;
  private static final int BODY_BYTES = 1 << 20;
  private static final String HEAP = "-Xmx40m";

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobThatRunsOutOfMemoryEndsLoudly() throws Exception {
    KillGround ground = KillGround.prepare(folder, List.of(SHAPE));
    try (KilledJob job = ground.begin(SHAPE)) {
      FaultPlan huge =
          FaultPlan.onAttempts(new Fault.HugeBody(BODY_BYTES)).afterFirstKeys(GOOD_REPLIES);
      int exitCode = job.liveOn(HEAP, huge);

      String said = Files.readString(job.errors());
      assertThat(exitCode).as(said).isNotZero();
      assertThat(said).contains("OutOfMemoryError");

      job.complete();
      KillFigures figures = ground.account(job);
      assertThat(figures.acknowledged()).as("%s", figures).isGreaterThan(SHAPE.seeds());
      assertThat(figures.lost()).as("%s", figures).isZero();
      assertThat(figures.unaccounted()).as("%s", figures).isZero();
      assertThat(figures.differing()).as("%s", figures).isZero();
      assertThat(figures.duplicates()).as("%s", figures).isZero();
    }
  }
}
