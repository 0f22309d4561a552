package dev.alicorn.engine.format;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// A column of texts, or of lists of texts, of a Parquet file.
public final class ParquetTexts implements Closeable {
  private static final int ITEMS_MAX = 1 << 16;

  private final ParquetColumn column;

  private ParquetTexts(ParquetTable table, ColumnDescriptor column) {
    this.column = new ParquetColumn(table, column);
  }

  /// Opens a column of texts; empty where there is none of this name.
  public static Optional<ParquetTexts> open(ParquetTable table, String name) {
    return open(table, name, name);
  }

  /// Opens a field of the structs that a column's lists hold; empty where there is no such one of
  /// texts.
  public static Optional<ParquetTexts> open(ParquetTable table, String name, String field) {
    return table
        .column(name, field)
        .filter(column ->
            column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && column.getMaxRepetitionLevel() <= 1)
        .map(column -> new ParquetTexts(table, column));
  }

  /// A row's texts in their order, one where the column has no lists; an empty one stands for a
  /// null. Empty behind the last row.
  public Optional<List<Optional<String>>> next() throws FormatException, IOException {
    try {
      return column.next() ? Optional.of(row(column.values())) : Optional.empty();
    } catch (RuntimeException | EOFException e) {
      // Parquet's decoders throw whatever comes when bytes are wrong.
      throw column.broken();
    }
  }

  private List<Optional<String>> row(ColumnReader in) throws FormatException {
    List<Optional<String>> texts = new ArrayList<>();
    do {
      if (texts.size() == ITEMS_MAX) {
        throw new FormatException(
            Fault.DAMAGED_PARQUET, "a list has more than " + ITEMS_MAX + " texts; write it again");
      }
      boolean present = column.present();
      texts.add(present ? Optional.of(in.getBinary().toStringUsingUTF8()) : Optional.empty());
      in.consume();
    } while (in.getCurrentRepetitionLevel() > 0);
    return texts;
  }

  @Override
  public void close() throws IOException {
    column.close();
  }
}
