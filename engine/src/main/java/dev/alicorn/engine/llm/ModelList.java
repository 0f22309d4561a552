package dev.alicorn.engine.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.Nearest;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The models that an endpoint lists at `GET /models`: an array, bare as from Together, or under
/// `data` as from all others.
///
/// Beside its name a model may tell by whom it is served (`owned_by`, where vLLM, SGLang,
/// llama.cpp, Ollama and our own server put their own name) and, with OpenRouter, which parameters
/// it takes.
final class ModelList {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NEAREST_MAX = 3;
  private static final int NAME_CHARS_MAX = 200;

  /// What Ollama adds to a name without a tag.
  private static final String LATEST = ":latest";

  private final Map<String, JsonNode> models;

  private ModelList(Map<String, JsonNode> models) {
    this.models = models;
  }

  /// Empty where the body is no such list.
  static Optional<ModelList> read(Bytes body) {
    JsonNode root;
    try {
      root = JSON.readTree(body.utf8());
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
    JsonNode list = root.isArray() ? root : root.path("data");
    if (!list.isArray()) {
      return Optional.empty();
    }
    Map<String, JsonNode> models = new LinkedHashMap<>();
    for (JsonNode model : list) {
      String name = model.path("id").asText("");
      if (!name.isEmpty() && name.length() <= NAME_CHARS_MAX) {
        models.put(name, model);
      }
    }
    return Optional.of(new ModelList(models));
  }

  boolean has(String model) {
    return models.containsKey(model) || models.containsKey(model + LATEST);
  }

  /// The three nearest names, each one line.
  List<String> nearest(String model) {
    return Nearest.to(model, models.keySet(), NEAREST_MAX).stream()
        .map(ProviderError::oneLine)
        .toList();
  }

  /// What the list says that a model can do.
  Capabilities capabilities(String model) {
    JsonNode entry = models.getOrDefault(model, models.get(model + LATEST));
    if (entry == null) {
      return Capabilities.UNKNOWN;
    }
    JsonNode parameters = entry.path("supported_parameters");
    return parameters.isArray() ? byParameters(parameters) : byServer(entry);
  }

  private static Capabilities byParameters(JsonNode parameters) {
    List<String> names = parameters.valueStream().map(JsonNode::asText).toList();
    return new Capabilities(
        Known.of(names.contains("structured_outputs")),
        Known.of(names.contains("seed")),
        Known.of(names.contains("logprobs")),
        Known.YES);
  }

  private static Capabilities byServer(JsonNode entry) {
    return switch (entry.path("owned_by").asText("")) {
      case "vllm", "llamacpp" -> new Capabilities(Known.YES, Known.YES, Known.YES, Known.YES);
      // It takes a seed, and keeps to it only where it was started to.
      case "sglang" -> new Capabilities(Known.YES, Known.UNKNOWN, Known.YES, Known.YES);
      case "library" -> new Capabilities(Known.YES, Known.YES, Known.UNKNOWN, Known.YES);
      case "alicorn" -> new Capabilities(Known.YES, Known.YES, Known.NO, Known.YES);
      default -> Capabilities.UNKNOWN;
    };
  }
}
