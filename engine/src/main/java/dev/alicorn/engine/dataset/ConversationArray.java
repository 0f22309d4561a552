package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/// A JSON array of conversations, one row a line.
final class ConversationArray implements RowOutput {
  private final JsonGenerator json;

  ConversationArray(OutputStream out) throws IOException {
    json = AsciiJson.FACTORY.createGenerator(out);
    json.setPrettyPrinter(new RowLines());
    json.writeStartArray();
  }

  @Override
  public void add(DatasetRow row) throws IOException {
    ConversationJson.write(json, row);
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.writeRaw('\n');
    json.close();
  }

  /// A line break between the rows of the outer array and nothing else.
  private static final class RowLines extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1;
    private int depth;

    @Override
    public void writeStartArray(JsonGenerator json) throws IOException {
      super.writeStartArray(json);
      if (depth++ == 0) {
        json.writeRaw('\n');
      }
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
      super.writeArrayValueSeparator(json);
      if (depth == 1) {
        json.writeRaw('\n');
      }
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
      if (--depth == 0) {
        json.writeRaw('\n');
      }
      super.writeEndArray(json, values);
    }
  }
}
