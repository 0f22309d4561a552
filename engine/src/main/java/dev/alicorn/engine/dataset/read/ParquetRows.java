package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.engine.format.ParquetTable;
import dev.alicorn.engine.format.ParquetTexts;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of a Parquet file, put together from their columns.
final class ParquetRows implements Closeable {
  private static final String CONVERSATIONS = "conversations";
  private static final List<String> OPTIONAL =
      List.of("caption", "seed", "source", "domain", "task", "model");

  private final String name;
  private final ParquetTexts ids;
  private final ParquetTexts roles;
  private final ParquetTexts values;
  private final Map<String, ParquetTexts> others;
  private long rows;

  private ParquetRows(
      String name,
      ParquetTexts ids,
      ParquetTexts roles,
      ParquetTexts values,
      Map<String, ParquetTexts> others) {
    this.name = name;
    this.ids = ids;
    this.roles = roles;
    this.values = values;
    this.others = others;
  }

  /// @param name the file's in its folder
  static ParquetRows open(ParquetTable table, String name) throws FormatException {
    ParquetTexts ids = ParquetTexts.open(table, "id").orElseThrow(() -> missing("id"));
    ParquetTexts roles = turns(table, "from");
    ParquetTexts values = turns(table, "value");
    Map<String, ParquetTexts> others = new LinkedHashMap<>();
    for (String column : OPTIONAL) {
      ParquetTexts.open(table, column).ifPresent(texts -> others.put(column, texts));
    }
    return new ParquetRows(name, ids, roles, values, others);
  }

  private static ParquetTexts turns(ParquetTable table, String field) throws FormatException {
    return ParquetTexts.open(table, CONVERSATIONS, field).orElseThrow(() -> missing(CONVERSATIONS));
  }

  static FormatException missing(String column) {
    return new FormatException(
        Fault.MISSING_COLUMN,
        "it has no column "
            + column
            + " of texts; write id as a text and conversations as a list of {from, value}");
  }

  long read() {
    return rows;
  }

  /// The next row; empty behind the last.
  Optional<ReadRow> next() throws FormatException, IOException {
    Optional<List<Optional<String>>> id = ids.next();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Place place = new Place(name, ++rows);
    List<Optional<String>> from = texts(roles);
    List<Optional<String>> value = texts(values);
    Map<String, Optional<String>> other = new LinkedHashMap<>();
    for (var column : others.entrySet()) {
      other.put(column.getKey(), texts(column.getValue()).getFirst());
    }
    return Optional.of(row(place, id.get().getFirst(), from, value, other));
  }

  private static List<Optional<String>> texts(ParquetTexts column)
      throws FormatException, IOException {
    return column
        .next()
        .orElseThrow(() ->
            new FormatException(
                Fault.DAMAGED_PARQUET, "its columns differ in length; write it again"));
  }

  private ReadRow row(
      Place place,
      Optional<String> id,
      List<Optional<String>> from,
      List<Optional<String>> value,
      Map<String, Optional<String>> other) {
    if (id.isEmpty()) {
      return isNull(place, "", "id");
    }
    if (from.size() != value.size()
        || !from.stream().allMatch(Optional::isPresent)
        || !value.stream().allMatch(Optional::isPresent)) {
      return isNull(place, id.get(), CONVERSATIONS);
    }
    Optional<String> caption = other.getOrDefault("caption", Optional.empty());
    if (others.containsKey("caption") && caption.isEmpty()) {
      return isNull(place, id.get(), "caption");
    }
    List<Spoken> turns = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      turns.add(new Spoken(from.get(i).orElseThrow(), value.get(i).orElseThrow()));
    }
    return new Row(
        place,
        id.get(),
        caption,
        turns,
        new Origin(
            other.getOrDefault("seed", Optional.empty()),
            other.getOrDefault("source", Optional.empty()),
            other.getOrDefault("domain", Optional.empty()),
            other.getOrDefault("task", Optional.empty()),
            other.getOrDefault("model", Optional.empty())));
  }

  private static Flaw isNull(Place place, String id, String column) {
    return new Flaw(
        place,
        id,
        Fault.NULL_VALUE,
        "column " + column + " is null or empty here; drop the row or fill it in");
  }

  @Override
  public void close() throws IOException {
    List<ParquetTexts> all = new ArrayList<>(List.of(ids, roles, values));
    all.addAll(others.values());
    for (ParquetTexts column : all) {
      column.close();
    }
  }
}
