package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.util.List;
import java.util.Optional;

/// A row of the pretrain set: a caption and its vector.
public record CaptionRow(RecordId id, String caption, Optional<Embedding> vector, Lineage lineage)
    implements DatasetRow {
  public CaptionRow {
    caption = WellFormed.text(caption);
  }

  @Override
  public List<Turn> turns() {
    return Conversations.pretrain(id, caption);
  }
}
