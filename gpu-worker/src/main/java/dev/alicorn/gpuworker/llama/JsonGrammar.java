package dev.alicorn.gpuworker.llama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A GBNF grammar of the JSON that a schema allows, written without white space.
///
/// It takes the part of JSON Schema that structured-output endpoints agree on: objects whose
/// properties all come, in the schema's order; arrays; strings by length; numbers; `enum`, `const`
/// and `anyOf`. Any other keyword that would narrow the answer is refused by name: the binding's
/// own conversion ends the process on some of them. Grammar syntax: llama.cpp's
/// `grammars/README.md`.
final class JsonGrammar {
  private static final int DEPTH_MAX = 32;
  private static final int RULES_MAX = 512;
  private static final int REPEATS_MAX = 4096;

  private static final Set<String> NOTES =
      Set.of("title", "description", "examples", "default", "$schema", "$id", "$comment");
  private static final Map<String, Set<String>> KEYWORDS =
      Map.of(
          "object", Set.of("type", "properties", "required", "additionalProperties"),
          "array", Set.of("type", "items", "minItems", "maxItems"),
          "string", Set.of("type", "minLength", "maxLength"),
          "integer", Set.of("type"),
          "number", Set.of("type"),
          "boolean", Set.of("type"),
          "null", Set.of("type"));

  private final Map<String, String> ruleNames = new LinkedHashMap<>();

  private JsonGrammar() {}

  /// @throws RequestException where the schema is not of the kind described above
  static String of(JsonNode schema) throws RequestException {
    JsonGrammar grammar = new JsonGrammar();
    String root = grammar.rule(schema, "schema", 0);
    StringBuilder text = new StringBuilder("root ::= ").append(root).append('\n');
    grammar.ruleNames.forEach(
        (body, name) -> text.append(name).append(" ::= ").append(body).append('\n'));
    return text.toString();
  }

  private String rule(JsonNode schema, String at, int depth) throws RequestException {
    if (!schema.isObject()) {
      throw RequestException.invalid(at + ": a JSON Schema is an object");
    }
    if (depth > DEPTH_MAX) {
      throw RequestException.invalid(at + ": deeper than " + DEPTH_MAX);
    }
    if (schema.has("enum")) {
      requireKeywords(schema, Set.of("type", "enum"), at);
      return named(literals(schema.get("enum"), at));
    }
    if (schema.has("const")) {
      requireKeywords(schema, Set.of("type", "const"), at);
      return named(quoted(schema.get("const").toString()));
    }
    if (schema.has("anyOf")) {
      requireKeywords(schema, Set.of("anyOf"), at);
      List<String> alternatives = new ArrayList<>();
      for (JsonNode each : schema.get("anyOf")) {
        alternatives.add(rule(each, at + ".anyOf", depth + 1));
      }
      if (alternatives.isEmpty()) {
        throw RequestException.invalid(at + ".anyOf: it has no alternative");
      }
      return named(String.join(" | ", alternatives));
    }
    String type = schema.path("type").asText();
    Set<String> keywords = KEYWORDS.get(type);
    if (keywords == null) {
      throw RequestException.invalid(
          "%s.type: one of %s".formatted(at, KEYWORDS.keySet().stream().sorted().toList()));
    }
    requireKeywords(schema, keywords, at);
    return switch (type) {
      case "object" -> object(schema, at, depth);
      case "array" -> array(schema, at, depth);
      case "string" -> string(schema, at);
      case "integer" -> named("\"-\"? (\"0\" | [1-9] [0-9]{0,15})");
      case "number" -> named("\"-\"? (\"0\" | [1-9] [0-9]{0,15}) (\".\" [0-9]{1,15})?");
      case "boolean" -> named("\"true\" | \"false\"");
      default -> named("\"null\"");
    };
  }

  private String object(JsonNode schema, String at, int depth) throws RequestException {
    List<String> members = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String key =
          com.fasterxml.jackson.databind.node.TextNode.valueOf(property.getKey()).toString();
      String value = rule(property.getValue(), at + "." + property.getKey(), depth + 1);
      members.add(quoted(key + ":") + " " + value);
    }
    return named("\"{\" " + String.join(" \",\" ", members) + " \"}\"");
  }

  private String array(JsonNode schema, String at, int depth) throws RequestException {
    int min = count(schema, "minItems", 0, at);
    int max = count(schema, "maxItems", -1, at);
    String item = rule(schema.path("items"), at + ".items", depth + 1);
    if (max == 0) {
      return named("\"[]\"");
    }
    String more = "(\",\" %s)%s".formatted(item, repeats(Math.max(0, min - 1), max - 1));
    String full = "\"[\" %s %s \"]\"".formatted(item, more);
    return named(min == 0 ? full + " | \"[]\"" : full);
  }

  private String string(JsonNode schema, String at) throws RequestException {
    int min = count(schema, "minLength", 0, at);
    int max = count(schema, "maxLength", -1, at);
    String character = named("[^\"\\\\\\x00-\\x1F\\x7F] | \"\\\\\" [\"\\\\/bfnrt]");
    return named("\"\\\"\" %s%s \"\\\"\"".formatted(character, repeats(min, max)));
  }

  private static String literals(JsonNode values, String at) throws RequestException {
    List<String> literals = new ArrayList<>();
    for (JsonNode value : values) {
      literals.add(quoted(value.toString()));
    }
    if (literals.isEmpty()) {
      throw RequestException.invalid(at + ".enum: it has no value");
    }
    return String.join(" | ", literals);
  }

  /// @param max below 0 where there is no upper bound
  private static String repeats(int min, int max) {
    return max < 0 ? "{%d,}".formatted(min) : "{%d,%d}".formatted(min, max);
  }

  private static int count(JsonNode schema, String keyword, int absent, String at)
      throws RequestException {
    JsonNode value = schema.get(keyword);
    if (value == null) {
      return absent;
    }
    if (!value.canConvertToInt() || value.intValue() < 0 || value.intValue() > REPEATS_MAX) {
      throw RequestException.invalid(
          "%s.%s: a number from 0 to %d".formatted(at, keyword, REPEATS_MAX));
    }
    int other = schema.path(keyword.replace("min", "max")).asInt(REPEATS_MAX);
    if (keyword.startsWith("min") && value.intValue() > other) {
      throw RequestException.invalid("%s.%s: above its maximum".formatted(at, keyword));
    }
    return value.intValue();
  }

  private static void requireKeywords(JsonNode schema, Set<String> known, String at)
      throws RequestException {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      if (!known.contains(keyword.getKey()) && !NOTES.contains(keyword.getKey())) {
        throw RequestException.invalid(
            "%s.%s: not a keyword that this endpoint can hold an answer to"
                .formatted(at, keyword.getKey()));
      }
    }
  }

  private String named(String body) throws RequestException {
    if (ruleNames.size() == RULES_MAX) {
      throw RequestException.invalid("schema: more than " + RULES_MAX + " parts");
    }
    return ruleNames.computeIfAbsent(body, _ -> "r" + ruleNames.size());
  }

  private static String quoted(String literal) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    return text.append('"').toString();
  }
}
