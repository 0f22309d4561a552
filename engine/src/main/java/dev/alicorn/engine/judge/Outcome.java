package dev.alicorn.engine.judge;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Optional;

/// What a record comes to: one part for its caption and, if it is drawn, one for its sample, so
/// that accepted = exported + rejected + failed + parked (+ owed, while the job runs) holds for
/// each kind.
///
/// @param sample empty for a record that no task drew
public record Outcome(Part<Caption> caption, Optional<Part<Sample>> sample) {

  /// One row of the pretrain set, or why there is none.
  public sealed interface Part<T> {
    /// The row is in the dataset; a sample still has to be among the chosen of its
    /// [dev.alicorn.engine.judge.Selection].
    record Exported<T>(T row) implements Part<T> {}

    record Rejected<T>(Rejection reason, String detail) implements Part<T> {}

    record Failed<T>(FailureCause cause, String detail) implements Part<T> {}

    record Parked<T>() implements Part<T> {}

    /// The job has not done all it should for this row.
    ///
    /// @param otherwise what it is rejected for if nothing more comes; empty while it has no answer
    record Owed<T>(Due due, Optional<Rejected<T>> otherwise) implements Part<T> {}

    /// The name that it is counted by, such as `exported` and `rejected(too_long)`.
    default String name() {
      return switch (this) {
        case Exported<T> _ -> "exported";
        case Rejected<T>(Rejection reason, String _) -> "rejected(" + reason.key() + ")";
        case Failed<T>(FailureCause cause, String _) -> "failed(" + cause.key() + ")";
        case Parked<T> _ -> "parked";
        case Owed<T> _ -> "owed";
      };
    }

    /// Whether nothing more is to be done for this row.
    default boolean settled() {
      return !(this instanceof Owed<T>);
    }
  }

  /// What a row waits for.
  public enum Due {
    CALL,
    EMBEDDING
  }

  /// A row of the pretrain set.
  ///
  /// @param embedding the raw vector; empty where the job embeds nothing
  /// @param embeddingTruncated whether the encoder cut the caption
  public record Caption(
      String text,
      boolean cutAtLength,
      Bill bill,
      Optional<Embedding> embedding,
      boolean embeddingTruncated) {}

  /// A row of the instruction set, less what it shares with its caption.
  public record Sample(TaskName task, List<Pair> pairs, Bill bill, Rung rung) {
    public Sample {
      pairs = List.copyOf(pairs);
    }
  }

  /// The outcome if nothing more follows: a caption that still waits for an embedding is
  /// `rejected(no_embedding)`, an answer that was to be asked for again what it was unfit for.
  public Outcome closed() {
    return new Outcome(closed(caption), sample.map(Outcome::closed));
  }

  private static <T> Part<T> closed(Part<T> part) {
    return part instanceof Part.Owed<T> owed && owed.otherwise().isPresent()
        ? owed.otherwise().get()
        : part;
  }

  /// The outcome of a record whose caption is nearly that of another.
  public Outcome nearDuplicateOf(long other) {
    return new Outcome(
        new Part.Rejected<>(Rejection.NEAR_DUPLICATE, "of record " + other),
        sample.map(
            _ -> new Part.Rejected<>(Rejection.CAPTION_REJECTED, Rejection.NEAR_DUPLICATE.key())));
  }
}
