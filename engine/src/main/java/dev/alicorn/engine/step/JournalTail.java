package dev.alicorn.engine.step;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.Position;
import dev.alicorn.protocol.EventType;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// A journal's facts from one on, as far as the last barrier, and then each later one when it is
/// durable.
public final class JournalTail {
  private final Journal journal;
  private final JournalCursor cursor;
  private final Set<EventType> wanted;

  private JournalTail(Journal journal, Position from, Set<EventType> wanted)
      throws JournalException {
    this.journal = journal;
    this.cursor = journal.cursorAt(from);
    this.wanted = wanted;
  }

  /// The facts of some types, without end: the consumer says when it has seen enough.
  ///
  /// @param from where the first fact lies that may be among them
  public static Source<JournalEntry, NotUsed> of(
      Journal journal, Position from, Set<EventType> wanted) {
    return Source.unfoldResourceAsync(
        () -> CompletableFuture.completedFuture(new JournalTail(journal, from, wanted)),
        tail -> tail.next().thenApply(Optional::of),
        tail -> {
          tail.cursor.close();
          return CompletableFuture.completedFuture(org.apache.pekko.Done.getInstance());
        });
  }

  private CompletionStage<JournalEntry> next() {
    try {
      long durable = journal.durableSeq();
      JournalEntry entry = cursor.next(wanted);
      if (entry != null) {
        return CompletableFuture.completedFuture(entry);
      }
      return journal.durableBeyond(durable).thenCompose(_ -> next());
    } catch (JournalException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
