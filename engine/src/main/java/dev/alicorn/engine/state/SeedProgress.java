package dev.alicorn.engine.state;

import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import org.jspecify.annotations.Nullable;

/// How far a job's seed sources have been journaled.
///
/// @param last the newest row's fact, by which a changed source is noticed
public record SeedProgress(
    long accepted, long refused, boolean sealed, @Nullable JournalEvent last) {
  public static final SeedProgress NONE = new SeedProgress(0, 0, false, null);

  public SeedProgress after(JournalEvent event) {
    return switch (event) {
      case SeedAccepted seed -> new SeedProgress(seed.record().ordinal(), refused, sealed, seed);
      case SeedRefused row -> new SeedProgress(accepted, refused + 1, sealed, row);
      case SeedsSealed _ -> new SeedProgress(accepted, refused, true, last);
      default -> this;
    };
  }

  /// Rows that were taken, as seeds or not.
  public long rows() {
    return accepted + refused;
  }
}
