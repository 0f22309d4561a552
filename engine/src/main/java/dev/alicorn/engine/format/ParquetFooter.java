package dev.alicorn.engine.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/// The end of a Parquet file, where it says what it holds.
public final class ParquetFooter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FOOTER_BYTES_MAX = 64 << 20;

  private final Path file;
  private final ParquetMetadata metadata;

  private ParquetFooter(Path file, ParquetMetadata metadata) {
    this.file = file;
    this.metadata = metadata;
  }

  public static ParquetFooter read(Path path) throws FormatException, IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long end = file.length() - Integer.BYTES - MAGIC.length;
      if (end < MAGIC.length || !Arrays.equals(bytes(file, 0, MAGIC.length), MAGIC)) {
        throw broken();
      }
      int length = Integer.reverseBytes(readInt(file, end));
      if (!Arrays.equals(bytes(file, end + Integer.BYTES, MAGIC.length), MAGIC)
          || length < 0
          || length > Math.min(end, FOOTER_BYTES_MAX)) {
        throw broken();
      }
      byte[] footer = bytes(file, end - length, length);
      return new ParquetFooter(
          path,
          new ParquetMetadataConverter()
              .readParquetMetadata(
                  new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER));
    } catch (RuntimeException e) {
      throw broken();
    }
  }

  private static int readInt(RandomAccessFile file, long offset) throws IOException {
    file.seek(offset);
    return file.readInt();
  }

  private static byte[] bytes(RandomAccessFile file, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(offset);
    file.readFully(bytes);
    return bytes;
  }

  /// What is thrown where bytes are not Parquet's.
  static FormatException broken() {
    return new FormatException(
        Fault.DAMAGED_PARQUET, "it is no whole Parquet file; write it again");
  }

  Path file() {
    return file;
  }

  MessageType schema() {
    return metadata.getFileMetaData().getSchema();
  }

  /// What wrote the file, which decides how some old encodings are read.
  String writer() {
    return String.valueOf(metadata.getFileMetaData().getCreatedBy());
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
