package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.util.Map;

/// A fitted way to move text embeddings to the image side of the space: a pure function of one row
/// and its record's id.
public interface TransferMethod {

  /// The moved vector in float32, rounded once at the end; same dimension as the row.
  Embedding move(RecordId record, UnitVector row);

  /// What the method was fitted to, by name: all that is needed to repeat it. Empty where there is
  /// nothing to repeat.
  Map<String, Statistic> statistics();
}
