package dev.alicorn.engine.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// A column of lists of floats of a Parquet file: `list` and `fixed_size_list`, which Parquet does
/// not tell apart, of float, double or float16.
public final class ParquetVectors implements EmbeddingRows {
  private final ParquetColumn column;
  private final NumberType type;
  private double[] row = new double[1];
  private long rows;

  private ParquetVectors(ParquetTable table, ColumnDescriptor column) {
    this.column = new ParquetColumn(table, column);
    this.type = type(column.getPrimitiveType());
  }

  /// The rows of a column.
  ///
  /// @param name of the column; where empty, the file has one of lists of floats
  public static EmbeddingRows open(Path file, Optional<String> name)
      throws FormatException, IOException {
    return open(ParquetTable.read(file), name);
  }

  /// The rows of a column of a file whose footer was read.
  ///
  /// @param name of the column; where empty, the file has one of lists of floats
  public static EmbeddingRows open(ParquetTable table, Optional<String> name)
      throws FormatException {
    List<ColumnDescriptor> lists =
        table.schema().getColumns().stream().filter(ParquetVectors::isListOfFloats).toList();
    List<ColumnDescriptor> named =
        lists.stream()
            .filter(column -> name.isEmpty() || column.getPath()[0].equals(name.get()))
            .toList();
    if (named.size() == 1) {
      return new ParquetVectors(table, named.getFirst());
    }
    String all =
        lists.stream()
            .map(column -> column.getPath()[0])
            .collect(Collectors.joining(", ", "[", "]"));
    throw new FormatException(
        Fault.MISSING_COLUMN,
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

  private static NumberType type(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case FLOAT -> NumberType.FLOAT32;
      case DOUBLE -> NumberType.FLOAT64;
      case FIXED_LEN_BYTE_ARRAY -> NumberType.FLOAT16;
      case INT32, INT64, INT96, BOOLEAN, BINARY ->
          throw new IllegalStateException(type + " is no column of floats");
    };
  }

  @Override
  public NumberType type() {
    return type;
  }

  @Override
  public double @Nullable [] next() throws FormatException, IOException {
    try {
      return column.next() ? row(column.values()) : null;
    } catch (RuntimeException | EOFException e) {
      // Parquet's decoders throw whatever comes when bytes are wrong.
      throw column.broken();
    }
  }

  /// Takes a row's values, all of them even where one is wrong.
  private double[] row(ColumnReader in) throws FormatException {
    int length = 0;
    boolean whole = true;
    do {
      whole &= column.present();
      if (whole && length < DIMENSION_MAX) {
        if (length == row.length) {
          row = Arrays.copyOf(row, 2 * length);
        }
        row[length] = number(in);
      }
      length++;
      in.consume();
    } while (in.getCurrentRepetitionLevel() > 0);
    long number = rows++;
    if (!whole) {
      throw new FormatException(
          Fault.NULL_VALUE, number, "it is empty or has a null; leave it out or encode it again");
    }
    if (length > DIMENSION_MAX) {
      throw new FormatException(
          Fault.WRONG_DIMENSION,
          number,
          "it has more than " + DIMENSION_MAX + " numbers; name an embedding");
    }
    row = length == row.length ? row : Arrays.copyOf(row, length);
    return row;
  }

  private double number(ColumnReader in) {
    return switch (type) {
      case FLOAT32 -> in.getFloat();
      case FLOAT64 -> in.getDouble();
      case FLOAT16, BFLOAT16 ->
          type.get(in.getBinary().toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN));
    };
  }

  @Override
  public void close() throws IOException {
    column.close();
  }
}
