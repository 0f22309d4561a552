package dev.alicorn.engine.dataset;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/// A Parquet file of one set.
///
/// Written without Hadoop: our own output file, codec and configuration stand where Parquet would
/// look for Hadoop's, which is needed to compile and absent at run time. A row group holds 16 MiB,
/// which bounds memory whatever the size.
final class ParquetShard implements RowOutput {
  private static final long ROW_GROUP_BYTES = 16 << 20;

  private final ParquetWriter<DatasetRow> writer;

  ParquetShard(DatasetFile file, DatasetSet set, DatasetShape shape) throws IOException {
    writer =
        new Builder(new ParquetOutput(file), new ParquetRows(set, shape))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ZstdCodec())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withByteStreamSplitEncoding(true)
            .withDictionaryEncoding("caption", false)
            .withDictionaryEncoding(ParquetSchema.VECTOR_COLUMN, false)
            .withStatisticsEnabled(ParquetSchema.VECTOR_COLUMN, false)
            .build();
  }

  @Override
  public void add(DatasetRow row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<DatasetRow, Builder> {
    private final ParquetRows rows;

    Builder(OutputFile file, ParquetRows rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<DatasetRow> getWriteSupport(Configuration hadoop) {
      throw new AssertionError("Parquet asked for Hadoop's configuration");
    }

    @Override
    protected WriteSupport<DatasetRow> getWriteSupport(ParquetConfiguration configuration) {
      return rows;
    }
  }
}
