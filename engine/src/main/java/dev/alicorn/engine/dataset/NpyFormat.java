package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// Captions' vectors as numpy arrays: shards `npy/embeddings-0000i-of-000NN.npy` of shape `[rows,
/// dimension]`, float32 or float16, and beside each the `ids-….jsonl` that [VectorsWriter]
/// describes.
record NpyFormat(long rowsPerShard) implements DatasetFormat {

  @Override
  public String name() {
    return "npy";
  }

  @Override
  public boolean needsVectors() {
    return true;
  }

  @Override
  public DatasetWriter open(DatasetFiles files, DatasetShape shape) throws IOException {
    return new VectorsWriter(
        files,
        shape,
        rowsPerShard,
        name(),
        (out, rows) -> out.write(Npy.front(shape.precision(), rows, shape.dimension())));
  }

  @Override
  public Optional<String> hubFiles(DatasetSet set) {
    return Optional.empty();
  }

  @Override
  public String usage() {
    return "`npy/embeddings-*.npy`: the captions' vectors for `numpy.load`, which can map them into"
        + " memory; line i of the `ids-*.jsonl` beside it is `{\"id\", \"caption\"}` of its row i.";
  }
}
