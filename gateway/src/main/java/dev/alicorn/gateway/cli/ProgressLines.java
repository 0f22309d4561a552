package dev.alicorn.gateway.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A line now and then, for logs: on the first call, whenever a step ends, and every ten seconds.
final class ProgressLines implements ProgressView {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream out;
  private final long startedNanos = System.nanoTime();
  private List<StepProgress> first = List.of();
  private String printed = "";
  private long printedNanos;
  private long ended = -1;

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(List<StepProgress> steps) {
    if (first.isEmpty()) {
      first = steps;
    }
    long now = System.nanoTime();
    long endedNow =
        steps.stream().filter(step -> !step.grows() && step.done() == step.total()).count();
    if (endedNow == ended && now - printedNanos < INTERVAL_NANOS) {
      return;
    }
    String line = steps.stream().map(step -> describe(step, now)).collect(Collectors.joining(", "));
    if (!line.equals(printed)) {
      out.println(line);
    }
    printed = line;
    printedNanos = now;
    ended = endedNow;
  }

  private String describe(StepProgress step, long now) {
    long before =
        first.stream()
            .filter(earlier -> earlier.name().equals(step.name()))
            .mapToLong(StepProgress::done)
            .findFirst()
            .orElse(0);
    double perSecond = (step.done() - before) / Math.max(1e-9, (now - startedNanos) / 1e9);
    long left = step.total() - step.done();
    String rate =
        step.done() == before
            ? ""
            : String.format(
                Locale.ROOT,
                " (%.3g/s%s)",
                perSecond,
                left == 0
                    ? ""
                    : ", "
                        + Durations.spoken(Duration.ofSeconds(Math.round(left / perSecond)))
                        + " left");
    return step.name() + " " + step.done() + "/" + step.total() + (step.grows() ? "+" : "") + rate;
  }

  @Override
  public void close() {
    out.flush();
  }
}
