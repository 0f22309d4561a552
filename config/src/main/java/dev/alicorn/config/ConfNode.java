package dev.alicorn.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One object of a configuration: what the user gave over its defaults, and the errors of its
/// place.
///
/// @param root what the user gave in all
/// @param path the object's dotted path, empty for the root
record ConfNode(ConfigObject root, ConfigObject given, ConfigObject defaults, String path) {
  static final ConfigObject NOTHING = ConfigFactory.empty().root();

  private static final Pattern KEYED =
      Pattern.compile("([a-z_]+(?:\\.[a-z0-9_]+)*): (.+)", Pattern.DOTALL);
  private static final String ENVIRONMENT = "env variables";
  private static final int SHOWN_MAX = 80;

  ConfNode at(ConfigObject inner, ConfigObject innerDefaults, String innerPath) {
    return new ConfNode(root, inner, innerDefaults, innerPath);
  }

  /// The user's value, else the default; a value of `null` is none.
  @Nullable ConfigValue find(String key) {
    ConfigValue value = given.containsKey(key) ? given.get(key) : defaults.get(key);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  /// The default's inner object.
  ConfigObject innerDefaults(String key) {
    return defaults.get(key) instanceof ConfigObject inner ? inner : NOTHING;
  }

  String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  void refuseUnknown(List<String> keys) throws ConfigException {
    Optional<Map.Entry<String, ConfigValue>> unknown =
        given.entrySet().stream()
            .filter(entry -> !keys.contains(entry.getKey()))
            .min(
                Comparator.comparingInt((Map.Entry<String, ConfigValue> entry) ->
                        entry.getValue().origin().lineNumber())
                    .thenComparing(Map.Entry::getKey));
    if (unknown.isPresent()) {
      String key = shortened(unknown.get().getKey());
      throw fault(
          unknown.get().getValue().origin(),
          full(key)
              + " is not a key; "
              + (keys.isEmpty()
                  ? "leave it out"
                  : "did you mean " + full(Nearest.to(key, keys)) + "?"));
    }
  }

  /// An error of the object itself.
  ConfigException error(String why) {
    return fault(given.origin(), path.isEmpty() ? why : path + ": " + why);
  }

  /// An error of a key, where its value stands.
  ConfigException error(String key, String why) {
    ConfigValue value = given.get(key);
    ConfigValue place = value == null || ofEnvironment(value) ? given : value;
    return fault(place.origin(), full(key) + ": " + why);
  }

  ConfigException missing(String key, String what) {
    return error(key, "it has no value; write " + what);
  }

  ConfigException wrong(String key, ConfigValue value, String what) {
    String found =
        switch (value.valueType()) {
          case OBJECT -> "an object";
          case LIST -> "a list";
          case STRING, NUMBER, BOOLEAN, NULL -> shown(value);
        };
    return error(key, "it is " + found + "; write " + what);
  }

  /// What a record's constructor refused: `key: why` is an error at that key, by its whole path.
  ConfigException refused(IllegalArgumentException refusal) {
    Matcher keyed = KEYED.matcher(String.valueOf(refusal.getMessage()));
    if (!keyed.matches()) {
      return error(String.valueOf(refusal.getMessage()));
    }
    ConfigValue place = root;
    for (String step : keyed.group(1).split("\\.", -1)) {
      if (!(place instanceof ConfigObject object)
          || !object.containsKey(step)
          || ofEnvironment(object.get(step))) {
        break;
      }
      place = object.get(step);
    }
    return fault(place.origin(), keyed.group());
  }

  /// A value as an error may repeat it: not one of the environment, which may be a secret gone
  /// astray.
  static String shown(ConfigValue value) {
    return ofEnvironment(value)
        ? "the value of an environment variable"
        : '"' + shortened(scalarText(value).orElse("null")) + '"';
  }

  private static boolean ofEnvironment(ConfigValue value) {
    return value.origin().description().equals(ENVIRONMENT);
  }

  /// A word, flag or number as the user wrote it; no number goes by way of its double.
  static Optional<String> scalarText(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, BOOLEAN -> Optional.of(value.unwrapped().toString());
      case NUMBER -> Optional.of(value.atKey("number").getString("number"));
      case OBJECT, LIST, NULL -> Optional.empty();
    };
  }

  static ConfigException fault(ConfigOrigin origin, String what) {
    return new ConfigException(ConfSource.where(origin), what);
  }

  private static String shortened(String text) {
    return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
  }
}
