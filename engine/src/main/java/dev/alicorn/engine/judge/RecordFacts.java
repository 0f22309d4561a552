package dev.alicorn.engine.judge;

import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EmbeddingFailed;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The facts of one record, each kind in seq order.
///
/// @param seed empty until the record's seed is read
/// @param calls of every stage
/// @param embeddings `TextEmbedded` and `EmbeddingFailed`
public record RecordFacts(
    RecordId record,
    Optional<SeedAccepted> seed,
    List<CallEvent> calls,
    List<JournalEvent> embeddings) {
  public RecordFacts {
    calls = List.copyOf(calls);
    embeddings = List.copyOf(embeddings);
  }

  /// A record of which nothing is known yet.
  public static RecordFacts of(RecordId record) {
    return new RecordFacts(record, Optional.empty(), List.of(), List.of());
  }

  /// The record that a fact is of; null for a fact of no record.
  public static @Nullable RecordId owner(JournalEvent event) {
    return switch (event) {
      case SeedAccepted seed -> seed.record();
      case CallEvent call -> call.record();
      case TextEmbedded embedded -> embedded.record();
      case EmbeddingFailed failed -> failed.record();
      case JournalEvent.IncarnationOpened _,
          JournalEvent.JobOpened _,
          JournalEvent.EndpointBound _,
          JournalEvent.EncoderBound _,
          JournalEvent.SeedRefused _,
          JournalEvent.SeedsSealed _,
          JournalEvent.JobPaused _,
          JournalEvent.JobResumed _,
          JournalEvent.JobCancelled _,
          JournalEvent.JobCompleted _,
          JournalEvent.JobFailed _ ->
          null;
    };
  }

  /// These facts and the next one of this record.
  ///
  /// @throws IllegalArgumentException if the fact is of another record, or of none
  public RecordFacts with(JournalEvent fact) {
    return switch (fact) {
      case SeedAccepted accepted -> {
        requireOwn(accepted.record(), fact);
        if (seed.isPresent()) {
          throw new IllegalArgumentException("record " + record + " has two seeds");
        }
        yield new RecordFacts(record, Optional.of(accepted), calls, embeddings);
      }
      case CallEvent call -> {
        requireOwn(call.record(), fact);
        yield new RecordFacts(record, seed, and(calls, call), embeddings);
      }
      case TextEmbedded embedded -> {
        requireOwn(embedded.record(), fact);
        yield new RecordFacts(record, seed, calls, and(embeddings, embedded));
      }
      case EmbeddingFailed failed -> {
        requireOwn(failed.record(), fact);
        yield new RecordFacts(record, seed, calls, and(embeddings, failed));
      }
      case JournalEvent.IncarnationOpened _,
          JournalEvent.JobOpened _,
          JournalEvent.EndpointBound _,
          JournalEvent.EncoderBound _,
          JournalEvent.SeedRefused _,
          JournalEvent.SeedsSealed _,
          JournalEvent.JobPaused _,
          JournalEvent.JobResumed _,
          JournalEvent.JobCancelled _,
          JournalEvent.JobCompleted _,
          JournalEvent.JobFailed _ ->
          throw new IllegalArgumentException(
              fact.getClass().getSimpleName() + " is a fact of no record");
    };
  }

  /// The text of the seed; empty until it is read.
  public String seedText() {
    return seed.map(SeedAccepted::text).orElse("");
  }

  /// The calls of one stage, in seq order.
  public List<CallEvent> calls(Stage stage) {
    return calls.stream().filter(call -> call.stage().equals(stage)).toList();
  }

  private void requireOwn(RecordId owner, JournalEvent fact) {
    if (!owner.equals(record)) {
      throw new IllegalArgumentException(
          fact.getClass().getSimpleName() + " is a fact of record " + owner + ", not of " + record);
    }
  }

  private static <T> List<T> and(List<T> facts, T next) {
    List<T> more = new ArrayList<>(facts.size() + 1);
    more.addAll(facts);
    more.add(next);
    return more;
  }
}
