package dev.alicorn.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.job.SeedInflow;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.state.SeedIds;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// A line of streamed seeds: `{"text": …, "id": …, "domain": …}`, of which `text` is needed.
final class SeedLine {
  static final int BYTES_MAX = 1 << 20;

  private static final Set<String> KEYS = Set.of("text", "id", "domain");
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxStringLength(BYTES_MAX)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build());

  private SeedLine() {}

  /// Reads a line, empty where it is blank; a text that is no seed is a refused row.
  ///
  /// @param line empty stands for one that is longer than [#BYTES_MAX]
  /// @param number of the line, from 1
  /// @throws ConfigException when the line is broken
  static Optional<SeedInflow.Row> read(Optional<String> line, long number) throws ConfigException {
    if (line.isEmpty()) {
      throw broken(number, "longer than 1 MiB");
    }
    return line.get().isBlank() ? Optional.empty() : Optional.of(read(line.get(), number));
  }

  private static SeedInflow.Row read(String line, long number) throws ConfigException {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw broken(number, "not JSON that we read: " + e.getOriginalMessage());
    }
    if (!json.isObject()) {
      throw broken(number, "no JSON object");
    }
    for (Iterator<String> keys = json.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!KEYS.contains(key)) {
        throw broken(number, "not to have the key " + key);
      }
      if (!json.get(key).isTextual()) {
        throw broken(number, "to have text at " + key);
      }
    }
    String text = json.path("text").asText("").strip();
    Optional<String> id = Optional.ofNullable(json.get("id")).map(JsonNode::asText);
    if (id.isPresent() && (id.get().isBlank() || SeedIds.isPlace(id.get()))) {
      throw broken(number, "to have an id that is not blank and does not begin with #");
    }
    if (text.isEmpty()) {
      return new SeedInflow.Row.Refused(id, "the seed is empty");
    }
    if (text.length() > SeedReader.SEED_CHARS_MAX) {
      return new SeedInflow.Row.Refused(
          id,
          "the seed has "
              + text.length()
              + " characters, at most "
              + SeedReader.SEED_CHARS_MAX
              + " are taken");
    }
    return new SeedInflow.Row.Seed(
        id, text, Optional.ofNullable(json.get("domain")).map(JsonNode::asText));
  }

  private static ConfigException broken(long number, String what) {
    return new ConfigException(
        "line " + number,
        "it is " + what + "; send {\"text\": …} on a line each. What is before it was taken");
  }
}
