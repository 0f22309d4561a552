package dev.alicorn.gpuworker.llama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A chat completion request as this endpoint understands it.
///
/// @param system the system messages, empty for none
/// @param turns the user's and the assistant's messages in turn
/// @param grammar what the answer is held to
record ChatRequest(
    String system,
    List<Turn> turns,
    OptionalInt maxTokens,
    OptionalDouble temperature,
    OptionalDouble topP,
    OptionalInt seed,
    List<String> stops,
    Optional<String> grammar) {

  /// @param role `user` or `assistant`
  record Turn(String role, String content) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param model the name of the model that is served
  /// @throws RequestException where the body is not a request that can be answered
  static ChatRequest parse(byte[] body, String model) throws RequestException {
    JsonNode json = read(body);
    if (json.path("stream").asBoolean()) {
      throw RequestException.invalid("stream: this endpoint answers in one piece; leave it out");
    }
    if (json.path("n").asInt(1) != 1) {
      throw RequestException.invalid("n: this endpoint gives one choice");
    }
    String asked = json.path("model").asText(model);
    if (!asked.equals(model)) {
      throw new RequestException(
          404, "model_not_found", "model %s: this endpoint serves %s".formatted(asked, model));
    }
    StringBuilder system = new StringBuilder();
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : json.path("messages")) {
      String content = content(message);
      switch (message.path("role").asText()) {
        case "system", "developer" -> system.append(system.isEmpty() ? "" : "\n\n").append(content);
        case "user" -> turns.add(new Turn("user", content));
        case "assistant" -> turns.add(new Turn("assistant", content));
        default -> throw RequestException.invalid("messages.role: system, user or assistant");
      }
    }
    if (turns.isEmpty()) {
      throw RequestException.invalid("messages: send at least one of a user");
    }
    OptionalInt maxTokens = integer(json, "max_completion_tokens", 1);
    return new ChatRequest(
        system.toString(),
        turns,
        maxTokens.isPresent() ? maxTokens : integer(json, "max_tokens", 1),
        number(json, "temperature", 0, 2),
        number(json, "top_p", 0, 1),
        integer(json, "seed", Integer.MIN_VALUE),
        stops(json.path("stop")),
        grammar(json.path("response_format")));
  }

  private static JsonNode read(byte[] body) throws RequestException {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw RequestException.invalid("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw RequestException.invalid("the body is not JSON: " + e.getMessage());
    }
    if (!json.isObject()) {
      throw RequestException.invalid("the body is not a JSON object");
    }
    return json;
  }

  /// A message's text. A turn's markers are taken apart, so that text cannot open a turn of its
  /// own.
  private static String content(JsonNode message) throws RequestException {
    JsonNode content = message.path("content");
    StringBuilder text = new StringBuilder();
    if (content.isTextual()) {
      text.append(content.textValue());
    } else {
      for (JsonNode part : content) {
        if (!part.path("type").asText().equals("text")) {
          throw RequestException.invalid("messages.content: this endpoint reads text alone");
        }
        text.append(part.path("text").asText());
      }
    }
    if (text.isEmpty()) {
      throw RequestException.invalid("messages.content: it is empty");
    }
    return text.toString().replace("<|", "< |");
  }

  private static List<String> stops(JsonNode stop) throws RequestException {
    List<String> stops = new ArrayList<>();
    if (stop.isTextual()) {
      stops.add(stop.textValue());
    } else {
      stop.forEach(each -> stops.add(each.asText()));
    }
    if (stops.size() > 4 || stops.contains("")) {
      throw RequestException.invalid("stop: up to four strings that are not empty");
    }
    return List.copyOf(stops);
  }

  private static Optional<String> grammar(JsonNode format) throws RequestException {
    return switch (format.path("type").asText("text")) {
      case "text" -> Optional.empty();
      case "json_schema" -> Optional.of(JsonGrammar.of(format.path("json_schema").path("schema")));
      default -> throw RequestException.invalid("response_format.type: text or json_schema");
    };
  }

  private static OptionalInt integer(JsonNode json, String key, int min) throws RequestException {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min) {
      throw RequestException.invalid("%s: a whole number from %d on".formatted(key, min));
    }
    return OptionalInt.of(value.intValue());
  }

  private static OptionalDouble number(JsonNode json, String key, double min, double max)
      throws RequestException {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max) {
      throw RequestException.invalid("%s: a number from %.0f to %.0f".formatted(key, min, max));
    }
    return OptionalDouble.of(value.doubleValue());
  }
}
