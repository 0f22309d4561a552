package dev.alicorn.engine.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One row of a table in text, taken apart line by line.
final class CsvRecord {
  private static final char QUOTE = '"';

  private final char delimiter;
  private final boolean quoted;
  private final StringBuilder field = new StringBuilder();
  private List<String> fields = new ArrayList<>();
  private State state = State.FIELD_START;
  private long length;

  private enum State {
    FIELD_START,
    IN_FIELD,
    IN_QUOTES,
    /// Behind a quote inside quotes, which ends them or is the first of two that mean one.
    BEHIND_QUOTE
  }

  CsvRecord(char delimiter, boolean quoted) {
    this.delimiter = delimiter;
    this.quoted = quoted;
  }

  /// The fields of a row that begins in a line; empty where its end is in another.
  Optional<List<String>> begin(String line) {
    fields = new ArrayList<>();
    field.setLength(0);
    state = State.FIELD_START;
    length = 0;
    return take(line);
  }

  /// The same with the next line.
  Optional<List<String>> goOn(String line) {
    field.append('\n');
    return take(line);
  }

  /// Characters that the row has so far.
  long length() {
    return length;
  }

  private Optional<List<String>> take(String line) {
    length += line.length() + 1L;
    for (int i = 0; i < line.length(); i++) {
      take(line.charAt(i));
    }
    if (state == State.IN_QUOTES) {
      return Optional.empty();
    }
    endField();
    return Optional.of(fields);
  }

  private void take(char c) {
    switch (state) {
      case FIELD_START, IN_FIELD -> {
        if (c == delimiter) {
          endField();
        } else if (c == QUOTE && quoted && state == State.FIELD_START) {
          state = State.IN_QUOTES;
        } else {
          field.append(c);
          state = State.IN_FIELD;
        }
      }
      case IN_QUOTES -> {
        if (c == QUOTE) {
          state = State.BEHIND_QUOTE;
        } else {
          field.append(c);
        }
      }
      case BEHIND_QUOTE -> {
        if (c == delimiter) {
          endField();
        } else {
          field.append(c);
          state = c == QUOTE ? State.IN_QUOTES : State.IN_FIELD;
        }
      }
    }
  }

  private void endField() {
    fields.add(field.toString());
    field.setLength(0);
    state = State.FIELD_START;
  }
}
