package dev.alicorn.gateway.cli;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar a step, with its rate and the time left.
final class ProgressBars implements ProgressView {
  private static final int UPDATE_INTERVAL_MS = 250;

  private final Map<String, ProgressBar> bars = new LinkedHashMap<>();

  @Override
  public void show(List<StepProgress> steps) {
    for (StepProgress step : steps) {
      ProgressBar bar = bars.computeIfAbsent(step.name(), name -> bar(name, step));
      bar.maxHint(Math.max(step.total(), 1));
      bar.stepTo(step.done());
    }
  }

  private static ProgressBar bar(String name, StepProgress first) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
        .setUpdateIntervalMillis(UPDATE_INTERVAL_MS)
        .setInitialMax(Math.max(first.total(), 1))
        .startsFrom(first.done(), java.time.Duration.ZERO)
        .showSpeed()
        .setSpeedUnit(ChronoUnit.SECONDS)
        .build();
  }

  @Override
  public void close() {
    bars.values().forEach(ProgressBar::close);
  }
}
