package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/// JSON lines: an object a row, each on a line of its own.
final class JsonLines implements RowOutput {
  private final JsonGenerator json;
  private final Line line;
  private boolean begun;

  /// What is written of a row: one JSON value.
  interface Line {
    void write(JsonGenerator json, DatasetRow row) throws IOException;
  }

  JsonLines(OutputStream out, Line line) throws IOException {
    json = AsciiJson.FACTORY.createGenerator(out);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    this.line = line;
  }

  @Override
  public void add(DatasetRow row) throws IOException {
    line.write(json, row);
    begun = true;
  }

  @Override
  public void close() throws IOException {
    if (begun) {
      json.writeRaw('\n');
    }
    json.close();
  }
}
