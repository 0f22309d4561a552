package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Captions' vectors as safetensors: shards `safetensors/embeddings-0000i-of-000NN.safetensors`
/// with one tensor `embeddings` of shape `[rows, dimension]`, F32 or F16, and beside each the
/// `ids-….jsonl` that [VectorsWriter] describes.
record SafetensorsFormat(long rowsPerShard) implements DatasetFormat {

  @Override
  public String name() {
    return "safetensors";
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
        (out, rows) ->
            Safetensors.writeHeader(
                out,
                Map.of(),
                List.of(
                    new Safetensors.Tensor(
                        "embeddings",
                        Safetensors.DataType.of(shape.precision()),
                        List.of(rows, (long) shape.dimension())))));
  }

  @Override
  public Optional<String> hubFiles(DatasetSet set) {
    return Optional.empty();
  }

  @Override
  public String usage() {
    return "`safetensors/embeddings-*.safetensors`: the captions' vectors, one tensor `embeddings` a"
        + " file; line i of the `ids-*.jsonl` beside it is `{\"id\", \"caption\"}` of its row i.";
  }
}
