package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// A row in the shape of LLaVA's data: `{"id", "caption", "conversations": [{"from", "value"},
/// …]}`.
final class ConversationJson {
  private ConversationJson() {}

  static void write(JsonGenerator json, DatasetRow row) throws IOException {
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
}
