package dev.alicorn.engine.job;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.state.SeedProgress;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
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
  private long accepted;
  private long refused;
  private boolean sealed;

  /// A row that is sent.
  public sealed interface Row {
    /// What its sender calls it; its place in the stream otherwise.
    String key();

    /// A seed.
    record Seed(String key, String text, Optional<String> domain) implements Row {}

    /// No seed, and why.
    record Refused(String key, String reason) implements Row {}
  }

  /// What became of rows that were sent.
  public sealed interface Answer {
    /// They are durable.
    ///
    /// @param accepted seeds of the job by now
    /// @param refused rows that are no seeds
    /// @param seq of the last fact
    record Taken(long accepted, long refused, long seq) implements Answer {}

    /// Nothing was taken, and why.
    record NotTaken(String why) implements Answer {}
  }

  SeedInflow(Journal journal, SeedProgress before) {
    this.journal = journal;
    this.accepted = before.accepted();
    this.refused = before.refused();
    this.sealed = before.sealed();
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
    List<CompletableFuture<JournalEntry>> facts = new ArrayList<>();
    for (Row row : rows) {
      facts.add(journal.append(fact(row)));
    }
    return whenDurable(facts);
  }

  private JournalEvent fact(Row row) {
    return switch (row) {
      case Row.Seed(String key, String text, Optional<String> domain) ->
          new SeedAccepted(new RecordId(++accepted), 0, key, text, domain);
      case Row.Refused(String key, String reason) -> {
        refused++;
        yield new SeedRefused(0, key, reason);
      }
    };
  }

  /// Takes no more; nothing where they are sealed already.
  CompletableFuture<Answer> seal() {
    if (sealed) {
      return CompletableFuture.completedFuture(
          new Answer.Taken(accepted, refused, journal.durableSeq()));
    }
    sealed = true;
    return whenDurable(List.of(journal.append(new SeedsSealed(accepted, refused))));
  }

  private CompletableFuture<Answer> whenDurable(List<CompletableFuture<JournalEntry>> facts) {
    long acceptedNow = accepted;
    long refusedNow = refused;
    return CompletableFuture.allOf(facts.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ ->
            new Answer.Taken(
                acceptedNow,
                refusedNow,
                facts.isEmpty() ? journal.durableSeq() : facts.getLast().join().seq()));
  }
}
