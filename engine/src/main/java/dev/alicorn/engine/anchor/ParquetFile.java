package dev.alicorn.engine.anchor;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// A column of lists of floats of a Parquet file: `list` and `fixed_size_list`, which Parquet does
/// not tell apart, of float, double or float16.
///
/// Read without Parquet's own reader of files, which needs Hadoop; a page is in memory at a time.
final class ParquetFile implements EmbeddingRows {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FOOTER_BYTES_MAX = 64 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final ColumnDescriptor column;
  private final MessageType schema;
  private final String writer;
  private final Iterator<BlockMetaData> groups;
  private @Nullable ColumnPages pages;
  private @Nullable ColumnReader values;
  private double[] row = new double[1];
  private long left;
  private long rows;

  private ParquetFile(Path file, ParquetMetadata footer, ColumnDescriptor column) {
    this.file = file;
    this.column = column;
    MessageType whole = footer.getFileMetaData().getSchema();
    this.schema = new MessageType(whole.getName(), whole.getType(column.getPath()[0]));
    this.writer = String.valueOf(footer.getFileMetaData().getCreatedBy());
    this.groups = footer.getBlocks().iterator();
  }

  /// @param name of the column; where empty, the file has one of lists of floats
  static EmbeddingRows open(Path file, Optional<String> name) throws AnchorException, IOException {
    ParquetMetadata footer = footer(file);
    List<ColumnDescriptor> lists =
        footer.getFileMetaData().getSchema().getColumns().stream()
            .filter(ParquetFile::isListOfFloats)
            .toList();
    List<ColumnDescriptor> named =
        lists.stream()
            .filter(column -> name.isEmpty() || column.getPath()[0].equals(name.get()))
            .toList();
    if (named.size() == 1) {
      return new ParquetFile(file, footer, named.getFirst());
    }
    String all =
        lists.stream()
            .map(column -> column.getPath()[0])
            .collect(Collectors.joining(", ", "[", "]"));
    throw new AnchorException(
        file,
        lists.isEmpty()
            ? "it has no column of lists of floats; write one"
            : name.isPresent()
                ? "it has no column %s of lists of floats; --column names one of %s"
                    .formatted(name.get(), all)
                : "it has several columns of lists of floats; name one of %s with --column"
                    .formatted(all));
  }

  private static boolean isListOfFloats(ColumnDescriptor column) {
    PrimitiveType type = column.getPrimitiveType();
    return column.getMaxRepetitionLevel() == 1
        && switch (type.getPrimitiveTypeName()) {
          case FLOAT, DOUBLE -> true;
          case FIXED_LEN_BYTE_ARRAY ->
              type.getLogicalTypeAnnotation() instanceof Float16LogicalTypeAnnotation;
          case INT32, INT64, INT96, BOOLEAN, BINARY -> false;
        };
  }

  /// What the end of the file says of it.
  private static ParquetMetadata footer(Path path) throws AnchorException, IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long end = file.length() - Integer.BYTES - MAGIC.length;
      byte[] magic = new byte[MAGIC.length];
      int length = -1;
      if (end > MAGIC.length) {
        file.seek(end);
        length = Integer.reverseBytes(file.readInt());
        file.readFully(magic);
      }
      if (!Arrays.equals(magic, MAGIC) || length < 0 || length > Math.min(end, FOOTER_BYTES_MAX)) {
        throw broken(path);
      }
      byte[] footer = new byte[length];
      file.seek(end - length);
      file.readFully(footer);
      return new ParquetMetadataConverter()
          .readParquetMetadata(
              new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER);
    } catch (RuntimeException e) {
      throw broken(path);
    }
  }

  @Override
  public double @Nullable [] next() throws AnchorException, IOException {
    try {
      while (left == 0) {
        if (!groups.hasNext()) {
          return null;
        }
        open(groups.next());
      }
      left--;
      return row(Objects.requireNonNull(values));
    } catch (RuntimeException e) {
      // Parquet's decoders throw whatever comes when bytes are wrong.
      throw broken(file);
    }
  }

  private double[] row(ColumnReader in) throws AnchorException {
    int length = 0;
    do {
      if (in.getCurrentDefinitionLevel() < column.getMaxDefinitionLevel()) {
        throw new AnchorException(
            file, rows, "it is empty or has a null; leave it out or encode the image again");
      }
      if (length == DIMENSION_MAX) {
        throw new AnchorException(
            file, rows, "it has more than " + DIMENSION_MAX + " numbers; name an embedding");
      }
      if (length == row.length) {
        row = Arrays.copyOf(row, 2 * length);
      }
      row[length++] = number(in);
      in.consume();
    } while (in.getCurrentRepetitionLevel() > 0);
    rows++;
    row = length == row.length ? row : Arrays.copyOf(row, length);
    return row;
  }

  private double number(ColumnReader in) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case FLOAT -> in.getFloat();
      case DOUBLE -> in.getDouble();
      case FIXED_LEN_BYTE_ARRAY ->
          NumberType.FLOAT16.get(
              in.getBinary().toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN));
      case INT32, INT64, INT96, BOOLEAN, BINARY ->
          throw new IllegalStateException(column + " is no column of floats");
    };
  }

  /// Goes on with a row group.
  private void open(BlockMetaData group) throws AnchorException, IOException {
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
                new AnchorException(
                    file,
                    "its pages are compressed by %s; write it with zstd, snappy, gzip or none"
                        .formatted(chunk.getCodec())));
    left = group.getRowCount();
    if (left == 0) {
      return;
    }
    InputStream in = Files.newInputStream(file);
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
        new ColumnReadStoreImpl(new OneColumn(pages, left), new NoRecord(schema), schema, writer)
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

  private static AnchorException broken(Path file) {
    return new AnchorException(file, "it is no whole Parquet file; write it again");
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
