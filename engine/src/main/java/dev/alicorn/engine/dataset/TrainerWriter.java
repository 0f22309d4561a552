package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.Embedding;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `trainer` format's files in the making.
final class TrainerWriter implements DatasetWriter {
  private final DatasetFiles files;
  private final DatasetShape shape;
  private final Shards shards;
  private final ConversationJson pretrain;
  private final Optional<ConversationJson> instruct;
  private @Nullable PickleShard pickle;
  private int shard;
  private long inShard;

  TrainerWriter(DatasetFiles files, DatasetShape shape, Shards shards) throws IOException {
    this.files = files;
    this.shape = shape;
    this.shards = shards;
    pretrain = new ConversationJson(files.create("trainer/pretrain.json"));
    instruct =
        shape.samples() == 0
            ? Optional.empty()
            : Optional.of(new ConversationJson(files.create("trainer/instruct.json")));
    pickle = shape.hasVectors() ? openShard() : null;
  }

  @Override
  public void caption(CaptionRow row) throws IOException {
    pretrain.add(row);
    if (pickle == null) {
      return;
    }
    if (inShard == shards.rowsPerShard()) {
      pickle.close();
      shard++;
      inShard = 0;
      pickle = openShard();
    }
    Embedding vector = row.vector().orElseThrow();
    pickle.add(row.id(), vector);
    inShard++;
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
    if (pickle != null) {
      pickle.close();
    }
  }

  private PickleShard openShard() throws IOException {
    return new PickleShard(
        files.create("trainer/embeddings/embeddings-" + shards.label(shard) + ".pkl"),
        shape.dimension(),
        shape.precision());
  }
}
