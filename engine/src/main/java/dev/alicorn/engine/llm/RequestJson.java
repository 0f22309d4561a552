package dev.alicorn.engine.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The body of a chat completion request.
final class RequestJson {
  private static final JsonFactory JSON = new JsonFactory();

  private RequestJson() {}

  /// The body as UTF-8 bytes.
  ///
  /// @param guided whether the endpoint is told of the request's schema
  static byte[] of(ChatRequest request, boolean guided) {
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
      json.writeNumberField("temperature", request.temperature());
      json.writeNumberField("max_tokens", request.maxTokens());
      json.writeBooleanField("stream", false);
      if (guided && request.jsonSchema().isPresent()) {
        json.writeObjectFieldStart("response_format");
        json.writeStringField("type", "json_schema");
        json.writeObjectFieldStart("json_schema");
        json.writeStringField("name", "reply");
        json.writeBooleanField("strict", true);
        json.writeFieldName("schema");
        json.writeRawValue(request.jsonSchema().get());
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("no file is written here", e);
    }
  }
}
