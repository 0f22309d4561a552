package dev.alicorn.engine.seed;

import dev.alicorn.engine.parquet.ParquetException;
import dev.alicorn.engine.parquet.TextColumns;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of a Parquet file.
final class ParquetRows implements FileRows {
  private final SeedPlace place;
  private final RowFields fields;
  private final TextColumns columns;
  private long rows;

  private ParquetRows(SeedPlace place, RowFields fields, TextColumns columns) {
    this.place = place;
    this.fields = fields;
    this.columns = columns;
  }

  /// The columns that a file has and that can be read.
  static List<String> names(SeedPlace place) throws IOException {
    try {
      return TextColumns.names(place.file());
    } catch (ParquetException e) {
      throw fault(place, e);
    }
  }

  /// @param fields columns that [#names] has
  static ParquetRows open(SeedPlace place, RowFields fields) throws IOException {
    List<String> names =
        Stream.concat(Stream.of(fields.caption()), fields.group().stream()).toList();
    return new ParquetRows(place, fields, TextColumns.open(place.file(), names));
  }

  @Override
  public @Nullable FileRow next() throws IOException {
    try {
      Optional<List<Optional<String>>> row = columns.next();
      if (row.isEmpty()) {
        return null;
      }
      Optional<String> group = row.get().size() > 1 ? row.get().getLast() : Optional.empty();
      return fields.row(Long.toString(++rows), row.get().getFirst(), group);
    } catch (ParquetException e) {
      throw fault(place, e);
    }
  }

  private static SeedException fault(SeedPlace place, ParquetException e) {
    return place.fault("cannot be read: " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    columns.close();
  }
}
