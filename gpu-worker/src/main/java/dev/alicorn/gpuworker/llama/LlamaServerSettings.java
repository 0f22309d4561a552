package dev.alicorn.gpuworker.llama;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a llama server is started with.
///
/// @param model the GGUF file
/// @param name what requests call the model
/// @param slots requests answered at a time
/// @param threads threads that compute
/// @param contextTokens longest prompt and answer together, of one request
/// @param queueRequests requests that wait for a slot; more are turned away
/// @param port 0 for any free one
public record LlamaServerSettings(
    Path model,
    String name,
    int slots,
    int threads,
    int contextTokens,
    int queueRequests,
    int port) {
  private static final List<String> KEYS =
      List.of("--model", "--name", "--slots", "--threads", "--context", "--queue", "--port");

  public LlamaServerSettings {
    require("--slots", slots, 1, 64);
    require("--threads", threads, 1, 1024);
    require("--context", contextTokens, 64, 1 << 20);
    require("--queue", queueRequests, 1, 1 << 16);
    require("--port", port, 0, 65535);
  }

  /// Four slots of 2,048 tokens, a thread a core, any free port.
  public static LlamaServerSettings of(Path model, String name) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new LlamaServerSettings(model, name, 4, cores, 2048, 256, 0);
  }

  /// Reads command line arguments; `--model` is needed, the others have the defaults of [#of].
  ///
  /// @throws IllegalArgumentException with a sentence that names the argument
  static LlamaServerSettings parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!KEYS.contains(arguments[i])) {
        throw new IllegalArgumentException(
            "%s: unknown; there are %s".formatted(arguments[i], KEYS));
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + ": give it a value");
      }
      given.put(arguments[i], arguments[i + 1]);
    }
    String model = given.get("--model");
    if (model == null) {
      throw new IllegalArgumentException("--model: name a GGUF file");
    }
    Path file = Path.of(model);
    LlamaServerSettings usual =
        of(file, given.getOrDefault("--name", String.valueOf(file.getFileName())));
    return new LlamaServerSettings(
        file,
        usual.name,
        number(given, "--slots", usual.slots),
        number(given, "--threads", usual.threads),
        number(given, "--context", usual.contextTokens),
        number(given, "--queue", usual.queueRequests),
        number(given, "--port", usual.port));
  }

  /// The arguments that [#parse] reads back.
  List<String> toArguments() {
    return new ArrayList<>(
        List.of(
            "--model", model.toString(),
            "--name", name,
            "--slots", Integer.toString(slots),
            "--threads", Integer.toString(threads),
            "--context", Integer.toString(contextTokens),
            "--queue", Integer.toString(queueRequests),
            "--port", Integer.toString(port)));
  }

  private static int number(Map<String, String> given, String key, int usual) {
    String value = given.get(key);
    if (value == null) {
      return usual;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s: a number, not %s".formatted(key, value), e);
    }
  }

  private static void require(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s: from %d to %d, not %d".formatted(key, min, max, value));
    }
  }
}
