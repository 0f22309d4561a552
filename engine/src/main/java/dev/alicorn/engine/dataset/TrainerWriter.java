package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// The `trainer` format's files in the making.
final class TrainerWriter implements DatasetWriter {
  private final DatasetWriter conversations;
  private final Optional<RowOutput> embeddings;

  TrainerWriter(DatasetWriter conversations, Optional<RowOutput> embeddings) {
    this.conversations = conversations;
    this.embeddings = embeddings;
  }

  @Override
  public void caption(CaptionRow row) throws IOException {
    conversations.caption(row);
    if (embeddings.isPresent()) {
      embeddings.get().add(row);
    }
  }

  @Override
  public void sample(SampleRow row) throws IOException {
    conversations.sample(row);
  }

  @Override
  public void finish() throws IOException {
    conversations.finish();
    if (embeddings.isPresent()) {
      embeddings.get().close();
    }
  }
}
