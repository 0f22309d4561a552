package dev.alicorn.engine.dataset.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/// A file of JSON lines, a row each; blank lines are none.
final class Lines implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LINE_BYTES_MAX = 16 << 20;

  private final String name;
  private final InputStream in;
  private final BiFunction<JsonNode, Place, ReadRow> shape;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long number;

  /// @param name the file's in its folder
  /// @param shape what a line is to be
  Lines(Path file, String name, BiFunction<JsonNode, Place, ReadRow> shape) throws IOException {
    this.name = name;
    this.shape = shape;
    in = Files.newInputStream(file);
  }

  /// How many rows there were so far.
  long read() {
    return number;
  }

  /// The next row; empty behind the last.
  Optional<ReadRow> next() throws FormatException, IOException {
    while (line()) {
      if (line.size() > 0) {
        number++;
        return Optional.of(row(new Place(name, number)));
      }
    }
    return Optional.empty();
  }

  private ReadRow row(Place place) throws IOException {
    try {
      JsonNode row = JsonRow.JSON.readTree(line.toByteArray());
      return shape.apply(row, place);
    } catch (JsonProcessingException e) {
      return new Flaw(
          place,
          "",
          Fault.MALFORMED_JSON,
          "the line is no JSON at " + JsonRow.breakOff(e) + "; write an object a line");
    }
  }

  /// Takes a line without the whitespace before it; false at the end.
  private boolean line() throws FormatException, IOException {
    line.reset();
    boolean begun = false;
    while (from < to || fill()) {
      begun = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      take(from, end);
      from = end + 1;
      if (end < to) {
        return true;
      }
    }
    return begun;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(in.read(buffer), 0);
    return to > 0;
  }

  private void take(int start, int end) throws FormatException {
    int first = start;
    while (line.size() == 0 && first < end && buffer[first] >= 0 && buffer[first] <= ' ') {
      first++;
    }
    if (line.size() + end - first > LINE_BYTES_MAX) {
      throw new FormatException(
          Fault.MALFORMED_JSON,
          "line "
              + (number + 1)
              + " has more than "
              + LINE_BYTES_MAX
              + " bytes; write an object a line");
    }
    line.write(buffer, first, end - first);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
