package dev.alicorn.engine.seed;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a table in text, below a line with the names of its columns.
///
/// Fields may be quoted as RFC 4180 has it, and what departs from it is read as by Python's `csv`.
/// A quote that is never closed, or not within 1 MiB, costs the line that opens it: the reading
/// goes on with the next.
final class CsvRows implements FileRows {
  static final int ROW_CHARS_MAX = SeedLines.LINE_BYTES_MAX;

  private final SeedLines lines;
  private final CsvRecord record;

  /// Lines that were read ahead in vain.
  private final Deque<SeedLines.Line> again = new ArrayDeque<>();

  private List<String> columns = List.of();
  private RowFields fields = new RowFields("", Optional.empty());
  private int caption = -1;
  private int group = -1;

  /// @param quoted whether a quote means anything
  CsvRows(SeedLines lines, char delimiter, boolean quoted) {
    this.lines = lines;
    this.record = new CsvRecord(delimiter, quoted);
  }

  /// Reads the names of the columns.
  List<String> columns() throws IOException {
    if (read() instanceof Read.Fields(long _, List<String> names)) {
      columns = names.stream().map(String::strip).toList();
    }
    return columns;
  }

  /// Says which columns are read; both are there.
  void choose(RowFields wanted) {
    fields = wanted;
    caption = columns.indexOf(wanted.caption());
    group = wanted.group().map(columns::indexOf).orElse(-1);
  }

  @Override
  public @Nullable FileRow next() throws IOException {
    return switch (read()) {
      case null -> null;
      case Read.Broken(long line, String reason) -> new FileRow.Broken(Long.toString(line), reason);
      case Read.Fields(long line, List<String> values) -> row(Long.toString(line), values);
    };
  }

  private FileRow row(String key, List<String> values) {
    if (values.size() != columns.size()) {
      return new FileRow.Broken(
          key,
          "the row has more or fewer columns than the header: "
              + values.size()
              + ", not "
              + columns.size());
    }
    return fields.row(
        key,
        Optional.of(values.get(caption)),
        group < 0 ? Optional.empty() : Optional.of(values.get(group)));
  }

  /// What was read of a row.
  private sealed interface Read {
    record Fields(long line, List<String> values) implements Read {}

    record Broken(long line, String reason) implements Read {}
  }

  private @Nullable Read read() throws IOException {
    SeedLines.Line line = line();
    while (line instanceof SeedLines.Line.Text(long _, String text) && text.isBlank()) {
      line = line();
    }
    return switch (line) {
      case null -> null;
      case SeedLines.Line.Broken(long number, String reason) -> new Read.Broken(number, reason);
      case SeedLines.Line.Text(long number, String text) -> {
        Optional<List<String>> values = record.begin(text);
        yield values.isPresent() ? new Read.Fields(number, values.get()) : readOn(number);
      }
    };
  }

  /// Reads the further lines of a row whose quote is open.
  private Read readOn(long first) throws IOException {
    List<SeedLines.Line> taken = new ArrayList<>();
    while (record.length() <= ROW_CHARS_MAX) {
      SeedLines.Line line = line();
      if (line == null) {
        break;
      }
      taken.add(line);
      if (!(line instanceof SeedLines.Line.Text(long _, String text))) {
        break;
      }
      Optional<List<String>> values = record.goOn(text);
      if (values.isPresent()) {
        return new Read.Fields(first, values.get());
      }
    }
    taken.reversed().forEach(again::addFirst);
    return new Read.Broken(first, "a quote is opened and not closed");
  }

  private SeedLines.@Nullable Line line() throws IOException {
    SeedLines.Line line = again.pollFirst();
    return line == null ? lines.next() : line;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
