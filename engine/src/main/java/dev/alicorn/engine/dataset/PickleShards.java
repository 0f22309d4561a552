package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.io.Closeable;
import java.io.IOException;

/// The pickled embeddings of a dataset: `trainer/embeddings/embeddings-0000i-of-000NN.pkl`.
final class PickleShards implements Closeable {
  private final DatasetFiles files;
  private final DatasetShape shape;
  private final Shards shards;
  private PickleShard pickle;
  private int shard;
  private long inShard;

  PickleShards(DatasetFiles files, DatasetShape shape, Shards shards) throws IOException {
    this.files = files;
    this.shape = shape;
    this.shards = shards;
    pickle = open(files, shape, shards, 0);
  }

  void add(RecordId id, Embedding vector) throws IOException {
    if (inShard == shards.rowsPerShard()) {
      pickle.close();
      shard++;
      inShard = 0;
      pickle = open(files, shape, shards, shard);
    }
    pickle.add(id, vector);
    inShard++;
  }

  @Override
  public void close() throws IOException {
    pickle.close();
  }

  private static PickleShard open(DatasetFiles files, DatasetShape shape, Shards shards, int shard)
      throws IOException {
    return new PickleShard(
        files.create("trainer/embeddings/embeddings-" + shards.label(shard) + ".pkl"),
        shape.dimension(),
        shape.precision());
  }
}
