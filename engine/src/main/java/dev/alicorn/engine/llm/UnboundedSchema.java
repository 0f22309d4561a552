package dev.alicorn.engine.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// A JSON schema without bounds on lengths, counts and numbers, which OpenAI's strict mode and
/// Anthropic's `output_config` refuse; a reader of replies holds them all the same.
final class UnboundedSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> BOUNDS =
      Set.of(
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf");

  /// Keys whose values are objects by names that the schema's author chose.
  private static final Set<String> BY_NAME = Set.of("properties", "$defs", "definitions");

  /// Keys whose values are no schemas.
  private static final Set<String> DATA = Set.of("enum", "const", "default", "examples");

  private UnboundedSchema() {}

  static String of(String schema) {
    try {
      JsonNode root = JSON.readTree(schema);
      strip(root);
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a reply's schema is no JSON", e);
    }
  }

  private static void strip(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      object.remove(BOUNDS);
      for (var entry : object.properties()) {
        if (BY_NAME.contains(entry.getKey())) {
          entry.getValue().forEach(UnboundedSchema::strip);
        } else if (!DATA.contains(entry.getKey())) {
          strip(entry.getValue());
        }
      }
    } else {
      schema.forEach(UnboundedSchema::strip);
    }
  }
}
