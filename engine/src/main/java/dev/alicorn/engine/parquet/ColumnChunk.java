package dev.alicorn.engine.parquet;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/// One column of one row group, which holds a row at least; a page of it is in memory at a time.
///
/// Parquet's decoders throw whatever runtime exception comes when bytes are wrong.
public final class ColumnChunk implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ColumnPages pages;
  private final ColumnReader values;

  private ColumnChunk(ColumnPages pages, ColumnReader values) {
    this.pages = pages;
    this.values = values;
  }

  /// Opens the file at the column's first page.
  ///
  /// @throws ParquetException where its pages are compressed in a way that is not read
  public static ColumnChunk open(
      Path file, ParquetMetadata footer, BlockMetaData group, ColumnDescriptor column)
      throws IOException {
    String path = String.join(".", column.getPath());
    ColumnChunkMetaData chunk =
        group.getColumns().stream()
            .filter(one -> one.getPath().toDotString().equals(path))
            .findFirst()
            .orElseThrow();
    PageCodec codec =
        PageCodec.of(chunk.getCodec())
            .orElseThrow(() ->
                new ParquetException(
                    "its pages are compressed by %s; write it with zstd, snappy, gzip or none"
                        .formatted(chunk.getCodec())));
    ColumnPages pages = pages(file, codec, column, chunk);
    MessageType whole = footer.getFileMetaData().getSchema();
    MessageType schema = new MessageType(whole.getName(), whole.getType(column.getPath()[0]));
    return new ColumnChunk(
        pages,
        new ColumnReadStoreImpl(
                new OneColumn(pages, group.getRowCount()),
                new NoRecord(schema),
                schema,
                String.valueOf(footer.getFileMetaData().getCreatedBy()))
            .getColumnReader(column));
  }

  private static ColumnPages pages(
      Path file, PageCodec codec, ColumnDescriptor column, ColumnChunkMetaData chunk)
      throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(chunk.getStartingPos());
      return new ColumnPages(
          new BufferedInputStream(in, BUFFER_BYTES),
          codec,
          column.getPrimitiveType(),
          chunk.getValueCount());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /// The column's values with their levels, from the first.
  public ColumnReader values() {
    return values;
  }

  /// A row group of which one column is read.
  private record OneColumn(PageReader pages, long rowCount) implements PageReadStore {
    @Override
    public PageReader getPageReader(ColumnDescriptor descriptor) {
      return pages;
    }

    @Override
    public long getRowCount() {
      return rowCount;
    }
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }
}
