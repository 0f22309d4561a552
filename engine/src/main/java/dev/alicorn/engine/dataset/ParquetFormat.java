package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// Parquet shards for the hub, DuckDB, pandas and Spark, zstd-compressed:
/// `data/{pretrain,instruct}-0000i-of-000NN.parquet`.
///
/// Columns are those of [ParquetSchema].
record ParquetFormat(long rowsPerShard) implements DatasetFormat {

  @Override
  public String name() {
    return "parquet";
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
        (set, shard) -> new ParquetShard(files.create("data/" + shard + ".parquet"), set, shape));
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
