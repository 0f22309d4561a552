package dev.alicorn.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a dataset's `manifest.json` says, as far as a report needs it; nothing where there is none
/// or it is no JSON.
record ManifestFacts(JsonNode manifest) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXPORTED = "exported";
  private static final String SURPLUS = "rejected(surplus)";

  static ManifestFacts read(Path folder) throws IOException {
    Path file = folder.resolve("manifest.json");
    if (!Files.isRegularFile(file)) {
      return new ManifestFacts(MissingNode.getInstance());
    }
    try {
      return new ManifestFacts(JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException _) {
      return new ManifestFacts(MissingNode.getInstance());
    }
  }

  boolean isThere() {
    return manifest.isObject();
  }

  /// A text or a number at a path such as `/job/name`.
  Optional<String> text(String path) {
    JsonNode value = manifest.at(path);
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asText()).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  double number(String path) {
    return manifest.at(path).asDouble(Double.NaN);
  }

  OptionalLong rows(String set) {
    JsonNode rows = manifest.at("/rows/" + set);
    return rows.isIntegralNumber() ? OptionalLong.of(rows.asLong()) : OptionalLong.empty();
  }

  OptionalInt encoderTokensMax() {
    JsonNode tokens = manifest.at("/encoder/max_tokens");
    return tokens.isInt() ? OptionalInt.of(tokens.asInt()) : OptionalInt.empty();
  }

  /// Whether the encoder has an image tower; empty where that is not known.
  Optional<Boolean> imageTower() {
    JsonNode tower = manifest.at("/encoder/image_tower");
    return tower.isBoolean() ? Optional.of(tower.asBoolean()) : Optional.empty();
  }

  /// The share of records that came to no row; NaN where that is not known. Surplus samples were
  /// not wanted and do not count.
  double lost(String outcomes) {
    double all = 0;
    double exported = 0;
    for (Map.Entry<String, JsonNode> outcome : manifest.at("/outcomes/" + outcomes).properties()) {
      double count = outcome.getValue().asDouble();
      all += outcome.getKey().equals(SURPLUS) ? 0 : count;
      exported += outcome.getKey().equals(EXPORTED) ? count : 0;
    }
    return (all - exported) / all;
  }
}
