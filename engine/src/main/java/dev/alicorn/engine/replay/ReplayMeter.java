package dev.alicorn.engine.replay;

import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.engine.replay.ReplayProgress.StageProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// What one replay counts as it goes. Any thread may look, at any time.
public final class ReplayMeter {
  private static final long NOT_ENDED = Long.MIN_VALUE;

  private final LongSupplier clockNanos;
  private final List<Gauge> gauges = new CopyOnWriteArrayList<>();

  public ReplayMeter() {
    this(System::nanoTime);
  }

  ReplayMeter(LongSupplier clockNanos) {
    this.clockNanos = clockNanos;
  }

  /// How far the replay is now.
  public ReplayProgress look() {
    return new ReplayProgress(gauges.stream().map(Gauge::look).toList());
  }

  /// Begins a stage.
  ///
  /// @param total what there is to do, or more
  Gauge begin(Stage stage, long total) {
    Gauge gauge = new Gauge(stage, total);
    gauges.add(gauge);
    return gauge;
  }

  /// The count of one stage; any thread may bump it.
  final class Gauge {
    private final Stage stage;
    private final long total;
    private final long begunNanos = clockNanos.getAsLong();
    private final AtomicLong done = new AtomicLong();
    private volatile long tookNanos = NOT_ENDED;

    private Gauge(Stage stage, long total) {
      this.stage = stage;
      this.total = total;
    }

    void add(long more) {
      done.addAndGet(more);
    }

    /// The same for a stage that one thread alone counts.
    void reach(long sum) {
      done.lazySet(sum);
    }

    /// Says that nothing is left to do.
    void end() {
      tookNanos = clockNanos.getAsLong() - begunNanos;
    }

    private StageProgress look() {
      long ended = tookNanos;
      long now = done.get();
      return ended == NOT_ENDED
          ? new StageProgress(
              stage,
              now,
              Math.max(total, now),
              Duration.ofNanos(clockNanos.getAsLong() - begunNanos))
          : new StageProgress(stage, now, now, Duration.ofNanos(ended));
    }
  }
}
