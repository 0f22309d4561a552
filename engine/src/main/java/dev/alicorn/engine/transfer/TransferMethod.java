package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
import java.util.Map;

/// A fitted way to move text embeddings to the image side of the space: a pure function of one row.
public interface TransferMethod {

  /// The moved vector in float32, rounded once at the end; same dimension as the row.
  Embedding move(UnitVector row);

  /// What the method was fitted to, by name and in a fixed order: all that inference needs to
  /// repeat it. Empty where there is nothing to repeat.
  Map<String, double[]> statistics();
}
