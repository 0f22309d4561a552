package dev.alicorn.engine.format;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// One column of values of a Parquet file, row by row through its row groups.
///
/// Read without Parquet's own reader of files, which needs Hadoop; a page is in memory at a time.
final class ParquetColumn implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ParquetFooter footer;
  private final ColumnDescriptor column;
  private final MessageType schema;
  private final Iterator<BlockMetaData> groups;
  private @Nullable ColumnPages pages;
  private @Nullable ColumnReader values;
  private long left;
  private long rows;

  ParquetColumn(ParquetFooter footer, ColumnDescriptor column) {
    this.footer = footer;
    this.column = column;
    MessageType whole = footer.schema();
    this.schema = new MessageType(whole.getName(), whole.getType(column.getPath()[0]));
    this.groups = footer.groups().iterator();
  }

  ColumnDescriptor descriptor() {
    return column;
  }

  /// Whether a row is left; if so, [#values()] stands at its first value. The caller consumes its
  /// values before the next call.
  boolean next() throws FormatException, IOException {
    while (left == 0) {
      if (!groups.hasNext()) {
        return false;
      }
      open(groups.next());
    }
    left--;
    rows++;
    return true;
  }

  /// What is thrown where a page is not Parquet's.
  FormatException broken() {
    return new FormatException(
        Fault.DAMAGED_PARQUET,
        "column %s cannot be read from row %s on; write the file again"
            .formatted(column.getPath()[0], Math.max(rows, 1)));
  }

  ColumnReader values() {
    return Objects.requireNonNull(values, "next comes first");
  }

  /// Whether the value at hand is there and not null.
  boolean present() {
    return values().getCurrentDefinitionLevel() == column.getMaxDefinitionLevel();
  }

  private void open(BlockMetaData group) throws FormatException, IOException {
    close();
    String path = String.join(".", column.getPath());
    ColumnChunkMetaData chunk =
        group.getColumns().stream()
            .filter(one -> one.getPath().toDotString().equals(path))
            .findFirst()
            .orElseThrow();
    PageCodec codec =
        PageCodec.of(chunk.getCodec())
            .orElseThrow(() ->
                new FormatException(
                    Fault.DAMAGED_PARQUET,
                    "its pages are compressed by %s; write it with zstd, snappy, gzip or none"
                        .formatted(chunk.getCodec())));
    left = group.getRowCount();
    if (left == 0) {
      return;
    }
    InputStream in = Files.newInputStream(footer.file());
    try {
      in.skipNBytes(chunk.getStartingPos());
      pages =
          new ColumnPages(
              new BufferedInputStream(in, BUFFER_BYTES),
              codec,
              column.getPrimitiveType(),
              chunk.getValueCount());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
    values =
        new ColumnReadStoreImpl(
                new OneColumn(pages, left), new NoRecord(schema), schema, footer.writer())
            .getColumnReader(column);
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
    ColumnPages open = pages;
    if (open != null) {
      open.close();
      pages = null;
    }
  }
}
