package dev.alicorn.engine.format;

import dev.alicorn.engine.parquet.ParquetException;
import dev.alicorn.engine.parquet.ParquetFooter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/// A Parquet file whose footer was read: which columns it has, and where they lie.
public final class ParquetTable {
  private final Path file;
  private final ParquetMetadata metadata;

  private ParquetTable(Path file, ParquetMetadata metadata) {
    this.file = file;
    this.metadata = metadata;
  }

  /// What is at the end of a file.
  public static ParquetTable read(Path file) throws FormatException, IOException {
    try {
      return new ParquetTable(file, ParquetFooter.read(file));
    } catch (ParquetException e) {
      throw damaged(e);
    }
  }

  static FormatException damaged(ParquetException e) {
    return new FormatException(Fault.DAMAGED_PARQUET, String.valueOf(e.getMessage()));
  }

  Path file() {
    return file;
  }

  MessageType schema() {
    return metadata.getFileMetaData().getSchema();
  }

  ParquetMetadata metadata() {
    return metadata;
  }

  List<BlockMetaData> groups() {
    return metadata.getBlocks();
  }

  /// The column of values of this name, or with this field within.
  Optional<ColumnDescriptor> column(String name, String field) {
    return schema().getColumns().stream()
        .filter(column ->
            column.getPath()[0].equals(name)
                && column.getPath()[column.getPath().length - 1].equals(field))
        .findFirst();
  }

  /// Whether there is a column of this name.
  public boolean has(String name) {
    return schema().containsField(name);
  }

  public long rows() {
    return groups().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }
}
