package dev.alicorn.engine.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The bounds of a live journal.
///
/// @param barrierRecords most records that one barrier makes durable
/// @param barrierInterval longest that a record waits for others to share its barrier
/// @param appendsPendingMax most appends without acknowledgement at a time; callers are bounded
///   streams, so one more is a bug of theirs and is refused with an exception
/// @param markerInterval how often the last-durable marker is brought up to date
/// @param spaceBytesMin free space below which the writer waits instead of writing: a mapped file
///   that finds no space kills its process
/// @param ballast given up before the writer waits, if there is one
public record JournalSettings(
    int barrierRecords,
    Duration barrierInterval,
    int appendsPendingMax,
    Duration markerInterval,
    long spaceBytesMin,
    Optional<Ballast> ballast)
    implements JournalOpener {
  public static final JournalSettings DEFAULT =
      new JournalSettings(64, Duration.ofMillis(50), 65_536, Duration.ofSeconds(1), 64L << 20);

  /// Bounds without a ballast.
  public JournalSettings(
      int barrierRecords,
      Duration barrierInterval,
      int appendsPendingMax,
      Duration markerInterval,
      long spaceBytesMin) {
    this(
        barrierRecords,
        barrierInterval,
        appendsPendingMax,
        markerInterval,
        spaceBytesMin,
        Optional.empty());
  }

  public JournalSettings {
    if (barrierRecords < 1) {
      throw new IllegalArgumentException(
          "journal.barrier_records: at least 1, not " + barrierRecords);
    }
    if (appendsPendingMax < barrierRecords) {
      throw new IllegalArgumentException(
          "appendsPendingMax: at least barrier_records, not " + appendsPendingMax);
    }
    if (barrierInterval.isNegative() || markerInterval.isNegative()) {
      throw new IllegalArgumentException("journal.barrier_interval: not negative");
    }
    if (spaceBytesMin < 0) {
      throw new IllegalArgumentException("spaceBytesMin: not negative, " + spaceBytesMin + " is");
    }
  }

  @Override
  public Journal open(Path journalFolder, String software, Optional<Bookmark> known)
      throws JournalException {
    return Journal.open(journalFolder, this, software, known);
  }

  /// The defaults with another group commit.
  public JournalSettings withBarrier(int records, Duration interval) {
    return new JournalSettings(
        records,
        interval,
        Math.max(appendsPendingMax, records),
        markerInterval,
        spaceBytesMin,
        ballast);
  }

  /// The same with a ballast.
  public JournalSettings withBallast(Ballast kept) {
    return new JournalSettings(
        barrierRecords,
        barrierInterval,
        appendsPendingMax,
        markerInterval,
        spaceBytesMin,
        Optional.of(kept));
  }
}
