package dev.alicorn.engine.dataset.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import java.io.BufferedInputStream;
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
  private long number;

  /// @param name the file's in its folder
  /// @param shape what a line is to be
  Lines(Path file, String name, BiFunction<JsonNode, Place, ReadRow> shape) throws IOException {
    this.name = name;
    this.shape = shape;
    in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
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

  /// Takes a line without the whitespace around it; false at the end.
  private boolean line() throws FormatException, IOException {
    line.reset();
    int value = in.read();
    if (value < 0) {
      return false;
    }
    for (; value >= 0 && value != '\n'; value = in.read()) {
      if (line.size() == LINE_BYTES_MAX) {
        throw new FormatException(
            Fault.MALFORMED_JSON,
            "line "
                + (number + 1)
                + " has more than "
                + LINE_BYTES_MAX
                + " bytes; write an object a line");
      }
      if (line.size() > 0 || value > ' ') {
        line.write(value);
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
