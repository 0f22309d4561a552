package dev.alicorn.engine.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How far a replay is, at one instant.
///
/// @param stages those that have begun, in their order
public record ReplayProgress(List<StageProgress> stages) {
  public ReplayProgress {
    stages = List.copyOf(stages);
  }

  /// What a replay does, one behind the other.
  public enum Stage {
    /// The journal is read, checked and laid apart by records; counted in bytes of its files.
    READING,
    /// Captions are compared with each other, where the recipe looks for near duplicates.
    COMPARING,
    /// Records are judged.
    JUDGING,
    /// Captions are gone through again, in the records of all passes together, where the transfer
    /// is fitted in more than one.
    FITTING,
    /// Rows are written, by all formats side by side.
    WRITING
  }

  /// How far one stage is.
  ///
  /// @param total what there is to do, at least `done`
  /// @param took from its beginning to now, or to its end
  public record StageProgress(Stage stage, long done, long total, Duration took) {

    /// How long this stage still takes at its rate so far; empty before anything is done. What the
    /// stages behind it take is not known yet.
    public Optional<Duration> left() {
      return done == 0
          ? Optional.empty()
          : Optional.of(
              Duration.ofNanos(Math.round((double) took.toNanos() * (total - done) / done)));
    }
  }
}
