package dev.alicorn.engine.dataset;

import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/// What Parquet's writer asks of rows: their schema, and each of them.
final class ParquetRows extends WriteSupport<DatasetRow> {
  private final DatasetSet set;
  private final DatasetShape shape;
  private @Nullable ParquetRecords records;

  ParquetRows(DatasetSet set, DatasetShape shape) {
    this.set = set;
    this.shape = shape;
  }

  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration hadoop) {
    throw new AssertionError("Parquet asked for Hadoop's configuration");
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(ParquetSchema.of(set, shape), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    records = new ParquetRecords(consumer, shape.precision());
  }

  @Override
  public void write(DatasetRow row) {
    Objects.requireNonNull(records, "prepareForWrite comes first").write(row);
  }
}
