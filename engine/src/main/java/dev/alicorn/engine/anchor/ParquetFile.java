package dev.alicorn.engine.anchor;

import dev.alicorn.engine.parquet.ColumnChunk;
import dev.alicorn.engine.parquet.ParquetException;
import dev.alicorn.engine.parquet.ParquetFooter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// A column of lists of floats of a Parquet file: `list` and `fixed_size_list`, which Parquet does
/// not tell apart, of float, double or float16. A page is in memory at a time.
final class ParquetFile implements EmbeddingRows {
  private final Path file;
  private final ColumnDescriptor column;
  private final ParquetMetadata footer;
  private final Iterator<BlockMetaData> groups;
  private @Nullable ColumnChunk chunk;
  private double[] row = new double[1];
  private long left;
  private long rows;

  private ParquetFile(Path file, ParquetMetadata footer, ColumnDescriptor column) {
    this.file = file;
    this.column = column;
    this.footer = footer;
    this.groups = footer.getBlocks().iterator();
  }

  /// @param name of the column; where empty, the file has one of lists of floats
  static EmbeddingRows open(Path file, Optional<String> name) throws AnchorException, IOException {
    ParquetMetadata footer;
    try {
      footer = ParquetFooter.read(file);
    } catch (ParquetException e) {
      throw new AnchorException(file, String.valueOf(e.getMessage()));
    }
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
      return row(Objects.requireNonNull(chunk).values());
    } catch (ParquetException e) {
      throw new AnchorException(file, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Parquet's decoders throw whatever comes when bytes are wrong.
      throw new AnchorException(file, String.valueOf(ParquetException.broken().getMessage()));
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
  private void open(BlockMetaData group) throws IOException {
    close();
    left = group.getRowCount();
    if (left > 0) {
      chunk = ColumnChunk.open(file, footer, group, column);
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
