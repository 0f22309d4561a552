package dev.alicorn.gateway.cli;

import dev.alicorn.engine.report.ReportListener.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// How far a report is, shown a few times a second.
final class ReportProgress implements AutoCloseable {
  private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

  private final ProgressView view;
  private final Map<Stage, StepProgress> steps = new EnumMap<>(Stage.class);
  private long shownNanos = System.nanoTime();

  ReportProgress(ProgressView view) {
    this.view = view;
  }

  void at(Stage stage, long done, OptionalLong total) {
    steps.put(
        stage,
        new StepProgress(
            stage.name().toLowerCase(Locale.ROOT),
            done,
            Math.max(done, total.orElse(0)),
            total.isEmpty()));
    long now = System.nanoTime();
    if (now - shownNanos >= INTERVAL_NANOS) {
      shownNanos = now;
      List<StepProgress> all = new ArrayList<>(steps.values());
      view.show(all);
    }
  }

  @Override
  public void close() {
    view.close();
  }
}
