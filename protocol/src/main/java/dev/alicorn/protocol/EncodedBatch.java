package dev.alicorn.protocol;

import java.util.List;

/// An encoder worker's answer: one result for each item of the batch, in its order.
public record EncodedBatch(List<Result> results) {
  public EncodedBatch {
    results = List.copyOf(results);
  }

  /// What became of one caption.
  public sealed interface Result {
    RecordId record();
  }

  /// A caption's vector.
  ///
  /// @param truncated whether the caption was cut at the encoder's longest input
  public record Encoded(RecordId record, Embedding vector, boolean truncated) implements Result {}

  /// A caption that gave no usable vector; the others of its batch are not touched by it.
  public record Rejected(RecordId record, String reason) implements Result {}
}
