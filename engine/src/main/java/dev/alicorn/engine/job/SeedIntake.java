package dev.alicorn.engine.job;

import dev.alicorn.engine.seed.SeedException;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.seed.SeedRow;
import dev.alicorn.engine.state.SeedProgress;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.RecordId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The facts that a job's seed sources still give, from where an earlier run left off to the seal.
final class SeedIntake implements Iterator<JournalEvent> {
  private final SeedReader rows;
  private long accepted;
  private long refused;
  private boolean sealed;

  /// Reads past the rows that are journaled; those that were left out on the way are again.
  ///
  /// @throws SeedException when the sources no longer give the row that the journal has last
  SeedIntake(SeedReader rows, SeedProgress progress) {
    this.rows = rows;
    this.sealed = progress.sealed();
    for (long row = 1; !sealed && row <= progress.rows(); row++) {
      JournalEvent fact = fact();
      if (fact == null || (row == progress.rows() && !fact.equals(progress.last()))) {
        throw new SeedException(
            "the seed sources have changed since the job began: row "
                + row
                + " is another one now; set them back, or start another job with --new");
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !sealed;
  }

  @Override
  public JournalEvent next() {
    if (sealed) {
      throw new NoSuchElementException("the seeds are sealed");
    }
    JournalEvent fact = fact();
    if (fact != null) {
      return fact;
    }
    sealed = true;
    return new SeedsSealed(accepted, refused);
  }

  /// The fact of the next row that is one, or null behind the last: rows that are left out follow
  /// from the others.
  private @Nullable JournalEvent fact() {
    while (rows.hasNext()) {
      switch (rows.next()) {
        case SeedRow.Seed(int source, String key, String text, var domain) -> {
          return new SeedAccepted(new RecordId(++accepted), source, key, text, domain);
        }
        case SeedRow.Refused(int source, String key, String reason) -> {
          refused++;
          return new SeedRefused(source, key, reason);
        }
        case SeedRow.LeftOut _ -> {}
      }
    }
    return null;
  }
}
