package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// Parquet shards for the hub, DuckDB, pandas and Spark, zstd-compressed:
/// `data/{pretrain,instruct}-0000i-of-000NN.parquet`.
///
/// Columns are those of [ParquetSchema]. A set without rows has no file, except that a dataset
/// always has its pretrain set.
record ParquetFormat(long rowsPerShard) implements DatasetFormat {

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public DatasetWriter open(DatasetFiles files, DatasetShape shape) throws IOException {
    ParquetShards pretrain = new ParquetShards(files, shape, DatasetSet.PRETRAIN, rowsPerShard);
    Optional<ParquetShards> instruct =
        shape.samples() == 0
            ? Optional.empty()
            : Optional.of(new ParquetShards(files, shape, DatasetSet.INSTRUCT, rowsPerShard));
    return new DatasetWriter() {
      @Override
      public void caption(CaptionRow row) throws IOException {
        pretrain.add(row);
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
      }
    };
  }

  @Override
  public Optional<String> hubFiles(DatasetSet set) {
    return Optional.of("data/" + set.key() + "-*.parquet");
  }

  @Override
  public String usage() {
    return "`data/*.parquet`: every row with its vector and its lineage (seed, model, prompt hash,"
        + " tokens, cost), for DuckDB, pandas, Spark and the hub.";
  }
}
