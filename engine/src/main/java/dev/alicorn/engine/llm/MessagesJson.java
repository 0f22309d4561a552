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
import java.util.stream.Collectors;

/// The body of a request for an Anthropic message: what the system says stands apart from the
/// turns.
final class MessagesJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String TOOL = "reply";

  private MessagesJson() {}

  /// The body as UTF-8 bytes.
  static byte[] of(ChatRequest request, Dialect.Messages dialect) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(JSON._getBufferRecycler());
        JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model", request.model());
      json.writeNumberField("max_tokens", request.maxTokens());
      String system =
          request.messages().stream()
              .filter(message -> message.role() == Message.Role.SYSTEM)
              .map(Message::content)
              .collect(Collectors.joining("\n\n"));
      if (!system.isEmpty()) {
        json.writeStringField("system", system);
      }
      json.writeArrayFieldStart("messages");
      for (Message message : request.messages()) {
        if (message.role() != Message.Role.SYSTEM) {
          json.writeStartObject();
          json.writeStringField("role", message.role().key());
          json.writeStringField("content", message.content());
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      if (dialect.temperature()) {
        json.writeNumberField("temperature", request.temperature());
      }
      schema(json, request.jsonSchema(), dialect.schema());
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("no file is written here", e);
    }
  }

  private static void schema(
      JsonGenerator json, Optional<String> schema, Dialect.MessagesSchema form) throws IOException {
    if (schema.isEmpty()) {
      return;
    }
    switch (form) {
      case OUTPUT_CONFIG -> {
        json.writeObjectFieldStart("output_config");
        json.writeObjectFieldStart("format");
        json.writeStringField("type", "json_schema");
        json.writeFieldName("schema");
        json.writeRawValue(UnboundedSchema.of(schema.get()));
        json.writeEndObject();
        json.writeEndObject();
      }
      case TOOL -> {
        json.writeArrayFieldStart("tools");
        json.writeStartObject();
        json.writeStringField("name", TOOL);
        json.writeStringField("description", "Takes the reply.");
        json.writeFieldName("input_schema");
        json.writeRawValue(schema.get());
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectFieldStart("tool_choice");
        json.writeStringField("type", "tool");
        json.writeStringField("name", TOOL);
        json.writeEndObject();
      }
      case NONE -> {}
    }
  }
}
