package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.util.List;
import java.util.Optional;

/// A row of a dataset: a conversation about one caption's image-side vector, and where it comes
/// from.
public sealed interface DatasetRow permits CaptionRow, SampleRow {
  RecordId id();

  String caption();

  /// The caption's transferred embedding; empty in a dataset without an encoder.
  Optional<Embedding> vector();

  Lineage lineage();

  /// The conversation, human first and gpt last.
  List<Turn> turns();
}
