package dev.alicorn.gateway.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// A line now and then, for logs: on the first call, whenever a step ends, and every ten seconds.
final class ProgressLines implements ProgressView {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream out;
  private final LongSupplier clockNanos;
  private final Map<String, Pace> paces = new HashMap<>();
  private String printed = "";
  private long printedNanos;
  private long ended = -1;

  ProgressLines(PrintStream out) {
    this(out, System::nanoTime);
  }

  ProgressLines(PrintStream out, LongSupplier clockNanos) {
    this.out = out;
    this.clockNanos = clockNanos;
  }

  /// What a step's rate is reckoned from: what was done already when it was last seen to stand
  /// still at its beginning, and then; and when it was last seen to move.
  private record Pace(long before, long sinceNanos, long done, long movedNanos) {
    private static Pace first(StepProgress step, long now) {
      return new Pace(step.done(), now, step.done(), now);
    }

    private Pace then(StepProgress step, long now) {
      return step.done() == before
          ? first(step, now)
          : new Pace(before, sinceNanos, step.done(), step.done() == done ? movedNanos : now);
    }
  }

  @Override
  public void show(List<StepProgress> steps) {
    long now = clockNanos.getAsLong();
    for (StepProgress step : steps) {
      Pace before = paces.get(step.name());
      paces.put(step.name(), before == null ? Pace.first(step, now) : before.then(step, now));
    }
    long endedNow = steps.stream().filter(StepProgress::ended).count();
    if (steps.isEmpty() || (endedNow == ended && now - printedNanos < INTERVAL_NANOS)) {
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
    String counts =
        step.name() + " " + step.done() + "/" + step.total() + (step.grows() ? "+" : "");
    Pace pace = paces.get(step.name());
    if (pace == null || step.done() == pace.before()) {
      return counts;
    }
    long untilNanos = step.ended() ? pace.movedNanos() : now;
    double perSecond =
        (step.done() - pace.before()) / Math.max(1e-9, (untilNanos - pace.sinceNanos()) / 1e9);
    long left = step.total() - step.done();
    String ahead =
        left == 0
            ? ""
            : ", " + Durations.spoken(Duration.ofSeconds(Math.round(left / perSecond))) + " left";
    return counts + " (" + Amounts.rate(perSecond) + "/s" + ahead + ")";
  }

  @Override
  public void close() {
    out.flush();
  }
}
