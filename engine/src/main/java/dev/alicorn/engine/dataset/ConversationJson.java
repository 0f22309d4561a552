package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/// A JSON array of conversations, one row a line, in pure ASCII because trainers read it in the
/// locale's encoding.
final class ConversationJson implements Closeable {
  private static final JsonFactory ASCII =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  ConversationJson(OutputStream out) throws IOException {
    json = ASCII.createGenerator(out);
    json.setPrettyPrinter(new RowLines());
    json.writeStartArray();
  }

  void add(DatasetRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", row.id().toString());
    json.writeStringField("caption", row.caption());
    json.writeArrayFieldStart("conversations");
    for (Turn turn : row.turns()) {
      json.writeStartObject();
      json.writeStringField("from", turn.from().key());
      json.writeStringField("value", turn.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
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
