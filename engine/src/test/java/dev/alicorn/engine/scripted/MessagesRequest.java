package dev.alicorn.engine.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A request for a message, held against the rules that Anthropic's API has for it.
record MessagesRequest(JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KEYS =
      Set.of(
          "model",
          "max_tokens",
          "system",
          "messages",
          "temperature",
          "output_config",
          "tools",
          "tool_choice");
  private static final List<String> BOUNDS = List.of("minLength", "maxLength", "minItems");

  static MessagesRequest parse(byte[] body) {
    try {
      return new MessagesRequest(JSON.readTree(new String(body, StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("the client sends what is no JSON", e);
    }
  }

  ReplyShape shape() {
    return new MessagesShape(json.path("tool_choice").path("type").asText().equals("tool"));
  }

  /// What the API would refuse the request for.
  Optional<String> fault() {
    for (var key : json.properties()) {
      if (!KEYS.contains(key.getKey())) {
        return Optional.of(key.getKey() + ": Extra inputs are not permitted");
      }
    }
    if (!json.path("model").isTextual()) {
      return Optional.of("model: Field required");
    }
    if (json.path("max_tokens").asInt() < 1) {
      return Optional.of("max_tokens: Field required");
    }
    if (json.path("temperature").asDouble() > 1) {
      return Optional.of("temperature: range: 0..1");
    }
    if (json.path("messages").isEmpty()) {
      return Optional.of("messages: at least one message is required");
    }
    for (JsonNode message : json.path("messages")) {
      if (!Set.of("user", "assistant").contains(message.path("role").asText())) {
        return Optional.of("messages: Unexpected role " + message.path("role").asText());
      }
    }
    JsonNode format = json.path("output_config").path("format");
    return BOUNDS.stream()
        .filter(bound -> format.findValue(bound) != null)
        .findFirst()
        .map(bound -> "output_config.format.schema: property " + bound + " is not supported");
  }
}
