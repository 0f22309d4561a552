package dev.alicorn.config;

import dev.alicorn.protocol.InstructTask;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The JSON Schema that a task's replies are bound to, where an endpoint can.
///
/// It has to describe what the task's mapping reads. The built-in ones stay with types, `enum` and
/// bounds on arrays and strings: llama.cpp turns those into a grammar, and without the bounds a
/// small model may never stop.
final class ReplySchema {
  private ReplySchema() {}

  /// The schema as compact JSON, its keys in their order, which is the order that a model writes
  /// in.
  ///
  /// @throws IllegalArgumentException with what is wrong with it
  static String compact(String text, InstructTask.Reply reply) {
    Map<?, ?> schema;
    try {
      schema = ConfSource.json(text, "the schema").unwrapped();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
    if (!isOf(schema, "object")) {
      throw new IllegalArgumentException("it must describe an object: \"type\": \"object\"");
    }
    Map<?, ?> pairs = described(schema, "properties", reply.pairs());
    if (!isOf(pairs, "array")) {
      throw new IllegalArgumentException(
          "\"" + reply.pairs() + "\" must be an array: \"type\": \"array\"");
    }
    Stream.of(Stream.of(reply.question()), reply.options().stream(), Stream.of(reply.answer()))
        .flatMap(keys -> keys)
        .forEach(key -> described(pairs, "items", "properties", key));
    if (pairs.get("maxItems") instanceof Number most && most.longValue() < reply.pairsMin()) {
      throw new IllegalArgumentException(
          "\"%s\" holds %s at most, and reply.pairs_min asks for %s"
              .formatted(reply.pairs(), most, reply.pairsMin()));
    }
    return JsonText.compact(text);
  }

  private static Map<?, ?> described(Map<?, ?> schema, String... path) {
    Object value = schema;
    for (String step : path) {
      value = value instanceof Map<?, ?> object ? object.get(step) : null;
    }
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException(
        "it must describe the key that reply names, \"%s\", under %s"
            .formatted(
                path[path.length - 1],
                String.join(".", List.of(path).subList(0, path.length - 1))));
  }

  private static boolean isOf(Map<?, ?> schema, String type) {
    return type.equals(schema.get("type"));
  }
}
