package dev.alicorn.engine.format;

import dev.alicorn.engine.parquet.ColumnChunk;
import dev.alicorn.engine.parquet.ParquetException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.jspecify.annotations.Nullable;

/// One column of values of a Parquet file, row by row through its row groups.
final class ParquetColumn implements Closeable {
  private final ParquetTable table;
  private final ColumnDescriptor column;
  private final Iterator<BlockMetaData> groups;
  private @Nullable ColumnChunk chunk;
  private long left;
  private long rows;

  ParquetColumn(ParquetTable table, ColumnDescriptor column) {
    this.table = table;
    this.column = column;
    this.groups = table.groups().iterator();
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
    return Objects.requireNonNull(chunk, "next comes first").values();
  }

  /// Whether the value at hand is there and not null.
  boolean present() {
    return values().getCurrentDefinitionLevel() == column.getMaxDefinitionLevel();
  }

  private void open(BlockMetaData group) throws FormatException, IOException {
    close();
    left = group.getRowCount();
    if (left > 0) {
      try {
        chunk = ColumnChunk.open(table.file(), table.metadata(), group, column);
      } catch (ParquetException e) {
        throw ParquetTable.damaged(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    ColumnChunk open = chunk;
    if (open != null) {
      open.close();
      chunk = null;
    }
  }
}
