package dev.alicorn.engine.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.PrimitiveType;

/// Some columns of a Parquet file side by side, as texts: strings, and whole numbers as digits.
///
/// A column inside a group is named with dots, `image.id`. Lists are not read.
public final class TextColumns implements Closeable {
  private final Path file;
  private final ParquetMetadata footer;
  private final List<ColumnDescriptor> columns;
  private final Iterator<BlockMetaData> groups;
  private final List<ColumnChunk> chunks = new ArrayList<>();
  private long left;

  private TextColumns(Path file, ParquetMetadata footer, List<ColumnDescriptor> columns) {
    this.file = file;
    this.footer = footer;
    this.columns = columns;
    this.groups = footer.getBlocks().iterator();
  }

  /// The columns that can be read.
  public static List<String> names(Path file) throws IOException {
    return columns(ParquetFooter.read(file)).map(TextColumns::name).toList();
  }

  /// Opens columns that [#names] has, in any order.
  public static TextColumns open(Path file, List<String> names) throws IOException {
    ParquetMetadata footer = ParquetFooter.read(file);
    List<ColumnDescriptor> named =
        names.stream()
            .map(name ->
                columns(footer)
                    .filter(column -> name(column).equals(name))
                    .findFirst()
                    .orElseThrow())
            .toList();
    return new TextColumns(file, footer, named);
  }

  private static Stream<ColumnDescriptor> columns(ParquetMetadata footer) {
    return footer.getFileMetaData().getSchema().getColumns().stream()
        .filter(column -> column.getMaxRepetitionLevel() == 0)
        .filter(column ->
            switch (column.getPrimitiveType().getPrimitiveTypeName()) {
              case BINARY, INT32, INT64 -> true;
              case FLOAT, DOUBLE, BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY -> false;
            });
  }

  private static String name(ColumnDescriptor column) {
    return String.join(".", column.getPath());
  }

  /// The next row's texts in the order of the names, each empty where it is null or not UTF-8;
  /// empty behind the last row.
  ///
  /// @throws ParquetException where the file is damaged
  public Optional<List<Optional<String>>> next() throws IOException {
    try {
      while (left == 0) {
        if (!groups.hasNext()) {
          return Optional.empty();
        }
        open(groups.next());
      }
      left--;
      List<Optional<String>> row = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        ColumnReader values = chunks.get(i).values();
        row.add(
            values.getCurrentDefinitionLevel() < columns.get(i).getMaxDefinitionLevel()
                ? Optional.empty()
                : text(values, columns.get(i).getPrimitiveType()));
        values.consume();
      }
      return Optional.of(row);
    } catch (RuntimeException e) {
      // Parquet's decoders throw whatever comes when bytes are wrong.
      throw ParquetException.broken();
    }
  }

  private static Optional<String> text(ColumnReader values, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BINARY -> decoded(values.getBinary().toByteBuffer());
      case INT32 -> Optional.of(Integer.toString(values.getInteger()));
      case INT64 -> Optional.of(Long.toString(values.getLong()));
      case FLOAT, DOUBLE, BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY ->
          throw new IllegalStateException(type + " is no column of texts");
    };
  }

  private static Optional<String> decoded(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.slice()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private void open(BlockMetaData group) throws IOException {
    close();
    left = group.getRowCount();
    if (left > 0) {
      for (ColumnDescriptor column : columns) {
        chunks.add(ColumnChunk.open(file, footer, group, column));
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (ColumnChunk chunk : chunks) {
      chunk.close();
    }
    chunks.clear();
  }
}
