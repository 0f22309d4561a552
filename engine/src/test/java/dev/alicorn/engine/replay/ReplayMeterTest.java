package dev.alicorn.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.engine.replay.ReplayProgress.StageProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplayMeterTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final ReplayMeter meter = new ReplayMeter(nanos::get);

  @Test
  void nothingHasBegunAtFirst() {
    assertThat(meter.look().stages()).isEmpty();
  }

  @Test
  void theTimeLeftFollowsFromTheStagesOwnRate() {
    meter.begin(Stage.READING, 1_000).end();
    pass(Duration.ofMinutes(7));
    ReplayMeter.Gauge judged = meter.begin(Stage.JUDGING, 100);
    pass(Duration.ofSeconds(10));
    assertThat(last().left()).isEmpty();
    judged.add(20);
    judged.add(5);
    assertThat(last()).isEqualTo(new StageProgress(Stage.JUDGING, 25, 100, Duration.ofSeconds(10)));
    assertThat(last().left()).contains(Duration.ofSeconds(30));
  }

  @Test
  void aStageThatHasEndedStandsStill() {
    ReplayMeter.Gauge read = meter.begin(Stage.READING, 1_000);
    read.reach(900);
    pass(Duration.ofSeconds(3));
    read.end();
    pass(Duration.ofSeconds(3));
    meter.begin(Stage.JUDGING, 10);
    assertThat(meter.look().stages())
        .containsExactly(
            new StageProgress(Stage.READING, 900, 900, Duration.ofSeconds(3)),
            new StageProgress(Stage.JUDGING, 0, 10, Duration.ZERO));
    assertThat(meter.look().stages().getFirst().left()).contains(Duration.ZERO);
  }

  @Test
  void theTotalIsNeverLessThanWhatIsDone() {
    meter.begin(Stage.READING, 10).reach(11);
    assertThat(last().total()).isEqualTo(11);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private StageProgress last() {
    return meter.look().stages().getLast();
  }
}
