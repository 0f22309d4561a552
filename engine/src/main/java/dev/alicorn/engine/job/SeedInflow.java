package dev.alicorn.engine.job;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.state.SeedIds;
import dev.alicorn.engine.state.SeedProgress;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.RecordId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The seeds of a job whose source is a stream: they come while it runs, until they are sealed.
///
/// Used by the job's actor alone.
public final class SeedInflow {
  /// The most rows that are sent at a time.
  public static final int ROWS_MAX = 256;

  private final Journal journal;
  private final SeedIds ids;
  private long accepted;
  private long refused;
  private boolean sealed;

  /// The seq of the last fact, when it is durable; facts are in the order of their appends.
  private CompletableFuture<Long> newest;

  /// A row that is sent.
  public sealed interface Row {
    /// What its sender calls it.
    Optional<String> id();

    /// A seed. One whose id the job has already is left out.
    record Seed(Optional<String> id, String text, Optional<String> domain) implements Row {}

    /// No seed, and why.
    record Refused(Optional<String> id, String reason) implements Row {}
  }

  /// What became of rows that were sent.
  public sealed interface Answer {
    /// They are durable.
    ///
    /// @param accepted seeds of the job by now
    /// @param refused rows that are no seeds, likewise
    /// @param repeated those of the rows sent that were left out
    /// @param seq of the last fact
    record Taken(long accepted, long refused, long repeated, long seq) implements Answer {
      /// The same with more that were left out.
      public Taken andRepeated(long more) {
        return new Taken(accepted, refused, repeated + more, seq);
      }
    }

    /// Nothing was taken, and why.
    record NotTaken(String why) implements Answer {}
  }

  SeedInflow(Journal journal, SeedProgress before, SeedIds ids) {
    this.journal = journal;
    this.ids = ids;
    this.accepted = before.accepted();
    this.refused = before.refused();
    this.sealed = before.sealed();
    this.newest = CompletableFuture.completedFuture(journal.durableSeq());
  }

  /// Takes rows in.
  CompletableFuture<Answer> add(List<Row> rows) {
    if (rows.size() > ROWS_MAX) {
      throw new IllegalArgumentException(
          "at most " + ROWS_MAX + " rows are sent at a time, not " + rows.size());
    }
    if (sealed) {
      return CompletableFuture.completedFuture(
          new Answer.NotTaken("the job's seeds are sealed; start another job for more"));
    }
    long repeated = 0;
    for (Row row : rows) {
      Optional<JournalEvent> fact = fact(row);
      if (fact.isPresent()) {
        newest = journal.append(fact.get()).thenApply(JournalEntry::seq);
      } else {
        repeated++;
      }
    }
    return whenDurable(repeated);
  }

  /// What a row becomes; nothing where it is a seed that is there.
  private Optional<JournalEvent> fact(Row row) {
    String key = row.id().orElseGet(() -> SeedIds.place(accepted + refused + 1));
    return switch (row) {
      case Row.Seed(Optional<String> id, String text, Optional<String> domain) ->
          id.isPresent() && !ids.add(id.get())
              ? Optional.empty()
              : Optional.of(new SeedAccepted(new RecordId(++accepted), 0, key, text, domain));
      case Row.Refused(var _, String reason) -> {
        refused++;
        yield Optional.of(new SeedRefused(0, key, reason));
      }
    };
  }

  /// Takes no more; nothing where they are sealed already.
  CompletableFuture<Answer> seal() {
    if (!sealed) {
      sealed = true;
      ids.clear();
      newest = journal.append(new SeedsSealed(accepted, refused)).thenApply(JournalEntry::seq);
    }
    return whenDurable(0);
  }

  /// Answers when all that was appended so far is durable, by other senders too: a row may repeat
  /// one of theirs.
  private CompletableFuture<Answer> whenDurable(long repeated) {
    long acceptedNow = accepted;
    long refusedNow = refused;
    return newest.thenApply(seq -> new Answer.Taken(acceptedNow, refusedNow, repeated, seq));
  }
}
