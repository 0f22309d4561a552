package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// What the published trainers read: one JSON array a set, and a folder of pickled embeddings that
/// both sets share.
///
/// - `trainer/pretrain.json` and, where there are samples, `trainer/instruct.json`
/// - `trainer/embeddings/embeddings-0000i-of-000NN.pkl`, where there are vectors
record TrainerFormat(long rowsPerShard) implements DatasetFormat {

  @Override
  public String name() {
    return "trainer";
  }

  @Override
  public boolean needsVectors() {
    return false;
  }

  @Override
  public DatasetWriter open(DatasetFiles files, DatasetShape shape) throws IOException {
    return new TrainerWriter(
        new SetOutputs(
            shape, set -> new ConversationArray(files.create("trainer/" + set.key() + ".json"))),
        shape.hasVectors()
            ? Optional.of(embeddings(files, shape, rowsPerShard))
            : Optional.empty());
  }

  /// Starts the pickled embeddings alone.
  static RowOutput embeddings(DatasetFiles files, DatasetShape shape, long rowsPerShard)
      throws IOException {
    return new ShardedOutput(
        new Shards(shape.captions(), rowsPerShard),
        (label, _) ->
            new PickleShard(
                files.create("trainer/embeddings/embeddings-" + label + ".pkl"),
                shape.dimension(),
                shape.precision()));
  }

  @Override
  public Optional<String> hubFiles(DatasetSet set) {
    return Optional.of("trainer/" + set.key() + ".json");
  }

  @Override
  public String usage() {
    return "`trainer/`: what Bunny-based trainers read, a JSON array a set; where the dataset has"
        + " vectors, every `trainer/embeddings/*.pkl` is a list of `{\"id\", \"embed\"}` with a numpy"
        + " array each, found by the row's `id`.";
  }
}
