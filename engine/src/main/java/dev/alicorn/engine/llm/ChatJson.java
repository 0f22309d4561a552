package dev.alicorn.engine.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.alicorn.config.Dialect;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// The body of a chat completion request.
final class ChatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ChatJson() {}

  /// The body as UTF-8 bytes.
  static byte[] of(ChatRequest request, Dialect.Chat dialect) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(JSON._getBufferRecycler());
        JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model", request.model());
      json.writeArrayFieldStart("messages");
      for (Message message : request.messages()) {
        json.writeStartObject();
        json.writeStringField("role", message.role().key());
        json.writeStringField("content", message.content());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (dialect.temperature()) {
        json.writeNumberField("temperature", request.temperature());
      }
      json.writeNumberField(dialect.outputLimit().key(), request.maxTokens());
      if (dialect.seed()) {
        json.writeNumberField("seed", seed(request));
      }
      json.writeBooleanField("stream", false);
      schema(json, request.jsonSchema(), dialect.schema());
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("no file is written here", e);
    }
  }

  /// From 0 on: the same one for the same messages to the same model, wherever it is computed.
  private static int seed(ChatRequest request) {
    int hash = request.model().hashCode();
    for (Message message : request.messages()) {
      hash = 31 * (31 * hash + message.role().key().hashCode()) + message.content().hashCode();
    }
    return hash & Integer.MAX_VALUE;
  }

  private static void schema(JsonGenerator json, Optional<String> schema, Dialect.ChatSchema form)
      throws IOException {
    if (schema.isEmpty()) {
      return;
    }
    switch (form) {
      case RESPONSE_FORMAT -> responseFormat(json, schema.get());
      case STRICT -> responseFormat(json, UnboundedSchema.of(schema.get()));
      case GUIDED_JSON -> {
        json.writeFieldName("guided_json");
        json.writeRawValue(schema.get());
      }
      case NONE -> {}
    }
  }

  private static void responseFormat(JsonGenerator json, String schema) throws IOException {
    json.writeObjectFieldStart("response_format");
    json.writeStringField("type", "json_schema");
    json.writeObjectFieldStart("json_schema");
    json.writeStringField("name", "reply");
    json.writeBooleanField("strict", true);
    json.writeFieldName("schema");
    json.writeRawValue(schema);
    json.writeEndObject();
    json.writeEndObject();
  }
}
