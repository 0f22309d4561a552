package dev.alicorn.engine.dataset;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.RecordId;
import java.util.List;
import java.util.Optional;

/// A row of the instruct set: the question-answer pairs of one task on one caption.
///
/// @param id the caption's id
/// @param vector the caption's vector
public record SampleRow(
    RecordId id,
    InstructTask task,
    String caption,
    List<Pair> pairs,
    Optional<Embedding> vector,
    Lineage lineage)
    implements DatasetRow {
  public SampleRow {
    caption = WellFormed.text(caption);
    pairs = List.copyOf(pairs);
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("sample " + id + " has no question");
    }
  }

  @Override
  public List<Turn> turns() {
    return Conversations.instruct(task.reply(), pairs);
  }
}
