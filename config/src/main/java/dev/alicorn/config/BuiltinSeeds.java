package dev.alicorn.config;

import java.util.List;

/// The seeds that ship with Alicorn, by name.
public final class BuiltinSeeds {
  /// All the names there are.
  public static final List<String> NAMES = List.of("quick-start");

  private BuiltinSeeds() {}

  /// The captions of a built-in source, in order.
  public static List<String> open(String name) throws ConfigException {
    if (!NAMES.contains(name)) {
      throw new ConfigException(
          "seeds",
          "no built-in seeds are called \"%s\"; there are: %s"
              .formatted(name, String.join(", ", NAMES)));
    }
    return Resources.text("seeds/" + name + ".txt").lines().toList();
  }
}
