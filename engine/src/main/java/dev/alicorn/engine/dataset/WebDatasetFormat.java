package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// Tar shards for WebDataset: `webdataset/{pretrain,instruct}-0000i-of-000NN.tar`, each as
/// [TarShard] has it.
record WebDatasetFormat(long rowsPerShard) implements DatasetFormat {

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public boolean needsVectors() {
    return false;
  }

  @Override
  public DatasetWriter open(DatasetFiles files, DatasetShape shape) throws IOException {
    return SetOutputs.sharded(
        shape,
        rowsPerShard,
        (_, shard) -> new TarShard(files.create("webdataset/" + shard + ".tar"), shape));
  }

  @Override
  public Optional<String> hubFiles(DatasetSet set) {
    return Optional.of("webdataset/" + set.key() + "-*.tar");
  }

  @Override
  public String usage() {
    return "`webdataset/*.tar`: for WebDataset's loaders, each row's conversation as `{id}.json` and,"
        + " where the dataset has vectors, its vector as `{id}.npy` behind it.";
  }
}
