package dev.alicorn.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

/// A clock that lets a simulated disk see each append, and jumps to the next file at some of them.
///
/// The writer's thread, which Chronicle asks on at each append, is the only one that writes.
final class RecordingClock implements InstantSource {
  private static final int APPENDS_AN_HOUR = 60;

  private final SimulatedDisk disk;
  private final RecordingBarrier.Watch watch;
  private final Random hours;
  private volatile Instant now = TestJournals.NOW;

  RecordingClock(SimulatedDisk disk, RecordingBarrier.Watch watch, Random hours) {
    this.disk = disk;
    this.watch = watch;
    this.hours = hours;
  }

  @Override
  public Instant instant() {
    if (isWriter()) {
      try {
        disk.observe();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      watch.moment();
      if (hours.nextInt(APPENDS_AN_HOUR) == 0) {
        now = now.plus(Duration.ofHours(1));
      }
    }
    return now;
  }

  /// Whether this is a thread that writes a journal.
  static boolean isWriter() {
    return Thread.currentThread().getName().startsWith("alicorn-journal-");
  }
}
