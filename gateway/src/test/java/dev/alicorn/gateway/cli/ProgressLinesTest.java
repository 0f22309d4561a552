package dev.alicorn.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private final ProgressLines lines =
      new ProgressLines(new PrintStream(out, true, StandardCharsets.UTF_8), nanos::get);

  @Test
  void aLineAtFirstThenEveryTenSecondsWithRateAndTimeLeft() {
    show(step("captions", 0, 1_000));
    assertThat(shown()).isEqualTo("captions 0/1000\n");
    pass(4);
    show(step("captions", 4, 1_000));
    assertThat(shown()).isEmpty();
    pass(6);
    show(step("captions", 100, 1_000));
    assertThat(shown()).isEqualTo("captions 100/1000 (10.0/s, 1m 30s left)\n");
  }

  @Test
  void aStepThatJoinsLaterHasItsOwnRate() {
    show(step("reading", 0, 50));
    pass(100);
    show(step("reading", 50, 50), step("judging", 0, 5_000));
    pass(2);
    show(step("reading", 50, 50), step("judging", 1_000, 5_000));
    pass(8);
    shown();
    show(step("reading", 50, 50), step("judging", 4_000, 5_000));
    assertThat(shown()).isEqualTo("reading 50/50 (0.500/s), judging 4000/5000 (400/s, 3s left)\n");
  }

  /// As the instructions of a job, which wait for its captions, or as all steps of one that goes
  /// on.
  @Test
  void theTimeBeforeAStepMovesDoesNotCount() {
    show(step("instructions", 7, 107));
    pass(9);
    show(step("instructions", 7, 107));
    pass(1);
    show(step("instructions", 57, 107));
    assertThat(shown()).isEqualTo("instructions 7/107\ninstructions 57/107 (50.0/s, 1s left)\n");
  }

  @Test
  void aLineWheneverAStepEnds() {
    show(step("reading", 0, 50));
    pass(1);
    show(step("reading", 50, 50));
    pass(1);
    show(step("reading", 50, 50), step("judging", 20, 20));
    pass(60);
    show(step("reading", 50, 50), step("judging", 20, 20));
    assertThat(shown())
        .isEqualTo("reading 0/50\nreading 50/50 (50.0/s)\nreading 50/50 (50.0/s), judging 20/20\n");
  }

  @Test
  void nothingBeforeAnythingHasBegun() {
    show();
    assertThat(shown()).isEmpty();
  }

  private static StepProgress step(String name, long done, long total) {
    return new StepProgress(name, done, total, false);
  }

  private void show(StepProgress... steps) {
    lines.show(List.of(steps));
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  /// What was printed since it was last asked for.
  private String shown() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }
}
