package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// The `trainer` format's files in the making.
final class TrainerWriter implements DatasetWriter {
  private final ConversationJson pretrain;
  private final Optional<ConversationJson> instruct;
  private final Optional<PickleShards> embeddings;

  TrainerWriter(DatasetFiles files, DatasetShape shape, Shards shards) throws IOException {
    pretrain = new ConversationJson(files.create("trainer/pretrain.json"));
    instruct =
        shape.samples() == 0
            ? Optional.empty()
            : Optional.of(new ConversationJson(files.create("trainer/instruct.json")));
    embeddings =
        shape.hasVectors() ? Optional.of(new PickleShards(files, shape, shards)) : Optional.empty();
  }

  @Override
  public void caption(CaptionRow row) throws IOException {
    pretrain.add(row);
    if (embeddings.isPresent()) {
      embeddings.get().add(row.id(), row.vector().orElseThrow());
    }
  }

  @Override
  public void sample(SampleRow row) throws IOException {
    instruct.orElseThrow().add(row);
  }

  @Override
  public void finish() throws IOException {
    pretrain.close();
    if (instruct.isPresent()) {
      instruct.get().close();
    }
    if (embeddings.isPresent()) {
      embeddings.get().close();
    }
  }
}
