package dev.alicorn.engine.judge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// JSON as models write it: strictly where it is right, else as much as can be understood.
///
/// What the tolerant reading forgives: trailing and doubled commas, raw line breaks in strings,
/// needless backslashes, single quotes, several values in a row, and an end that is missing or
/// broken. Of a broken value the complete elements of its arrays are kept; the one that the break
/// is in is dropped.
final class TolerantJson {
  private static final int DEPTH_MAX = 32;
  private static final int STRING_CHARS_MAX = 1 << 16;
  private static final int NUMBER_CHARS_MAX = 100;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH_MAX)
          .maxStringLength(STRING_CHARS_MAX)
          .maxNumberLength(NUMBER_CHARS_MAX)
          .build();
  private static final JsonMapper STRICT =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final JsonFactory TOLERANT =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_MISSING_VALUES)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private final ArrayNode values = JsonNodeFactory.instance.arrayNode();
  private final Deque<JsonNode> open = new ArrayDeque<>();

  private TolerantJson() {
    open.push(values);
  }

  /// The text as exactly one JSON object or array.
  static Optional<JsonNode> strict(String text) {
    try {
      JsonNode node = STRICT.readTree(text);
      return node.isContainerNode() ? Optional.of(node) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /// The values that follow one another from the start of the text on, up to what cannot be read.
  static ArrayNode values(String text) {
    TolerantJson reading = new TolerantJson();
    try (JsonParser parser = TOLERANT.createParser(text)) {
      reading.read(parser);
    } catch (JsonProcessingException _) {
      reading.dropBroken();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
    return reading.values;
  }

  private void read(JsonParser parser) throws IOException {
    String name = "";
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        name = parser.currentName();
      } else if (token.isStructEnd()) {
        open.pop();
      } else {
        JsonNode node = node(token, parser);
        add(name, node);
        if (token.isStructStart()) {
          open.push(node);
        }
      }
    }
  }

  private static JsonNode node(JsonToken token, JsonParser parser) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (token) {
      case START_OBJECT -> nodes.objectNode();
      case START_ARRAY -> nodes.arrayNode();
      case VALUE_NULL -> nodes.nullNode();
      case VALUE_STRING,
          VALUE_NUMBER_INT,
          VALUE_NUMBER_FLOAT,
          VALUE_TRUE,
          VALUE_FALSE,
          VALUE_EMBEDDED_OBJECT,
          FIELD_NAME,
          END_OBJECT,
          END_ARRAY,
          NOT_AVAILABLE ->
          nodes.textNode(parser.getText());
    };
  }

  private void add(String name, JsonNode node) {
    if (open.element() instanceof ObjectNode object) {
      object.set(name, node);
    } else if (open.element() instanceof ArrayNode array) {
      array.add(node);
    }
  }

  /// Takes the innermost array element that is still open out of its array.
  private void dropBroken() {
    while (open.size() > 2) {
      JsonNode inner = open.pop();
      if (inner.isObject() && open.element() instanceof ArrayNode array) {
        array.remove(array.size() - 1);
        return;
      }
    }
  }
}
