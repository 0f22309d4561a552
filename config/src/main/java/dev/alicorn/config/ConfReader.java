package dev.alicorn.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A cursor over one object of a configuration: typed reads of its keys, the user's value first and
/// the default where there is none.
///
/// Every key that the object may have is named when the cursor is made, so that an unknown one is
/// an error before anything is read. Each error names key, place and mend. A value of `null` is
/// none, also where the default has one.
final class ConfReader {
  private static final ConfigObject NOTHING = ConfigFactory.empty().root();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern KEYED = Pattern.compile("([a-z_]+(?:\\.[a-z_]+)*): (.+)");

  private final ConfigObject root;
  private final ConfigObject given;
  private final ConfigObject defaults;
  private final String path;

  private ConfReader(
      ConfigObject root, ConfigObject given, ConfigObject defaults, String path, List<String> keys)
      throws ConfigException {
    this.root = root;
    this.given = given;
    this.defaults = defaults;
    this.path = path;
    refuseUnknown(keys);
  }

  static ConfReader of(ConfigObject given, ConfigObject defaults, List<String> keys)
      throws ConfigException {
    return new ConfReader(given, given, defaults, "", keys);
  }

  private void refuseUnknown(List<String> keys) throws ConfigException {
    Optional<Map.Entry<String, ConfigValue>> unknown =
        given.entrySet().stream()
            .filter(entry -> !keys.contains(entry.getKey()))
            .min(
                Comparator.comparingInt((Map.Entry<String, ConfigValue> entry) ->
                        entry.getValue().origin().lineNumber())
                    .thenComparing(Map.Entry::getKey));
    if (unknown.isPresent()) {
      String key = unknown.get().getKey();
      throw new ConfigException(
          ConfSource.where(unknown.get().getValue().origin()),
          full(key) + " is not a key; did you mean " + full(Nearest.to(key, keys)) + "?");
    }
  }

  /// Whether the user, or else the default, gives the key a value.
  boolean has(String key) {
    return find(key) != null;
  }

  /// Whether the value is a single word or number.
  boolean isScalar(String key) {
    ConfigValue value = find(key);
    return value != null && scalarText(value).isPresent();
  }

  String text(String key) throws ConfigException {
    return need(optionalText(key), key, "a text");
  }

  Optional<String> optionalText(String key) throws ConfigException {
    return scalar(key, "a text", Optional::of);
  }

  /// A name or path: a text that is not blank.
  String name(String key) throws ConfigException {
    return need(optionalName(key), key, "a text");
  }

  Optional<String> optionalName(String key) throws ConfigException {
    return scalar(
        key,
        "a text that is not blank",
        text -> text.isBlank() ? Optional.empty() : Optional.of(text));
  }

  /// A secret; no error repeats any of it.
  Optional<Secret> secret(String key) throws ConfigException {
    ConfigValue value = find(key);
    if (value == null) {
      return Optional.empty();
    }
    Optional<String> text = scalarText(value);
    if (text.isEmpty()) {
      throw error(key, "it is not a text; take it from the environment: ${?NAME}");
    }
    return Optional.of(build(key, () -> new Secret(text.get())));
  }

  boolean flag(String key) throws ConfigException {
    String mend = "true or false";
    Optional<Boolean> flag =
        scalar(
            key,
            mend,
            text ->
                switch (text) {
                  case "true" -> Optional.of(true);
                  case "false" -> Optional.of(false);
                  default -> Optional.empty();
                });
    return need(flag, key, mend);
  }

  double number(String key) throws ConfigException {
    String mend = "a number";
    return need(scalar(key, mend, ConfReader::parseDouble), key, mend);
  }

  /// Any whole number of 64 bits.
  long whole(String key) throws ConfigException {
    String mend = "a whole number";
    return need(scalar(key, mend, ConfReader::parseLong), key, mend);
  }

  /// A count from 0 on, such as `50M`.
  long count(String key) throws ConfigException {
    OptionalLong count = optionalCount(key);
    return need(
        count.isPresent() ? Optional.of(count.getAsLong()) : Optional.empty(), key, "a count");
  }

  OptionalLong optionalCount(String key) throws ConfigException {
    Optional<Long> count =
        scalar(
            key,
            "a whole number from 0 on, such as 600 or 50M",
            text -> boxed(Quantity.count(text)));
    return count.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /// A count within bounds, both included.
  int count(String key, int min, int max) throws ConfigException {
    long count = count(key);
    if (count < min || count > max) {
      throw error(key, "it is " + count + "; write a whole number from " + min + " to " + max);
    }
    return (int) count;
  }

  /// An amount of money from 0 on.
  Optional<BigDecimal> optionalAmount(String key) throws ConfigException {
    return scalar(key, "an amount from 0 on, such as 25 or 0.10", Quantity::amount);
  }

  BigDecimal amount(String key) throws ConfigException {
    return need(optionalAmount(key), key, "an amount");
  }

  long bytes(String key) throws ConfigException {
    return valued(key, "a size with its unit, such as 2GiB", value -> boxed(Quantity.bytes(value)));
  }

  Duration duration(String key) throws ConfigException {
    return valued(key, "a time span with its unit, such as 50ms or 5m", Quantity::duration);
  }

  /// One of some words.
  <E> E choice(String key, E[] choices, Function<E, String> word) throws ConfigException {
    Map<String, E> byWord =
        Arrays.stream(choices).collect(Collectors.toMap(word, choice -> choice));
    String known = byWord.keySet().stream().sorted().toList().toString();
    String text = need(optionalName(key), key, "one of " + known);
    E choice = byWord.get(text);
    if (choice == null) {
      String nearest = Nearest.to(text, byWord.keySet());
      throw error(
          key, quoted(text) + " is none of " + known + "; did you mean " + quoted(nearest) + "?");
    }
    return choice;
  }

  List<String> names(String key) throws ConfigException {
    List<String> names = new ArrayList<>();
    for (ConfigValue element : list(key, "a list of names, such as [a, b]")) {
      Optional<String> name = scalarText(element).filter(text -> !text.isBlank());
      if (name.isEmpty()) {
        throw at(element.origin(), full(key) + " takes names only, such as [a, b]");
      }
      names.add(name.get());
    }
    return names;
  }

  /// The objects of a list.
  List<ConfReader> objects(String key, List<String> keys) throws ConfigException {
    List<ConfReader> readers = new ArrayList<>();
    for (ConfigValue element : list(key, "a list of objects, such as [ { … } ]")) {
      String place = full(key) + "[" + readers.size() + "]";
      if (!(element instanceof ConfigObject object)) {
        throw at(element.origin(), place + " is not an object; write { key = value }");
      }
      readers.add(new ConfReader(root, object, NOTHING, place, keys));
    }
    return readers;
  }

  /// An inner object, its keys over the default's keys.
  ConfReader object(String key, List<String> keys) throws ConfigException {
    return object(key, child(defaults, key), keys);
  }

  private ConfReader object(String key, ConfigObject otherDefaults, List<String> keys)
      throws ConfigException {
    ConfigValue value = given.get(key);
    if (value == null) {
      return new ConfReader(
          root, NOTHING.withOrigin(given.origin()), otherDefaults, full(key), keys);
    }
    if (!(value instanceof ConfigObject object)) {
      throw error(key, "it is not an object; write " + key + " { key = value }");
    }
    return new ConfReader(root, object, otherDefaults, full(key), keys);
  }

  /// An inner object that the user writes whole: its keys replace the default's and never join
  /// them.
  ConfReader replacedObject(String key, List<String> keys) throws ConfigException {
    return object(key, given.containsKey(key) ? NOTHING : child(defaults, key), keys);
  }

  /// An inner object that may be left out.
  Optional<ConfReader> optionalObject(String key, List<String> keys) throws ConfigException {
    return has(key) ? Optional.of(object(key, keys)) : Optional.empty();
  }

  /// The entries of an inner object whose keys are names that users choose: the user's beside the
  /// default's, a whole entry replacing a default of the same name. They have no defaults until
  /// [#as] says of what kind an entry is.
  Map<String, ConfReader> entries(String key, List<String> keys) throws ConfigException {
    Map<String, ConfigValue> entries = new TreeMap<>(child(defaults, key));
    if (given.containsKey(key)) {
      if (!(given.get(key) instanceof ConfigObject object)) {
        throw error(key, "it is not an object; write " + key + " { name { key = value } }");
      }
      entries.putAll(object);
    }
    Map<String, ConfReader> readers = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : entries.entrySet()) {
      String name = entry.getKey();
      String place = full(key) + "." + name;
      ConfigOrigin origin = entry.getValue().origin();
      if (!NAME.matcher(name).matches()) {
        throw at(origin, place + " is no name; use 1 to 64 letters, digits, dots, _ and -");
      }
      if (!(entry.getValue() instanceof ConfigObject object)) {
        throw at(origin, place + " is not an object; write { kind = … }");
      }
      readers.put(name, new ConfReader(root, object, NOTHING, place, keys));
    }
    return readers;
  }

  /// The same object over other defaults, with the keys that one kind of it may have.
  ConfReader as(ConfigObject kindDefaults, List<String> keys) throws ConfigException {
    return new ConfReader(root, given, kindDefaults, path, keys);
  }

  /// What a record's constructor makes; what it refuses as `key: why` is an error at that key.
  <T> T build(Supplier<T> value) throws ConfigException {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      Matcher keyed = KEYED.matcher(String.valueOf(e.getMessage()));
      if (!keyed.matches()) {
        throw at(given.origin(), (path.isEmpty() ? "" : path + ": ") + e.getMessage());
      }
      throw at(deepest(keyed.group(1)), keyed.group());
    }
  }

  /// What a constructor makes of one key's value; what it refuses is an error at that key.
  <T> T build(String key, Supplier<T> value) throws ConfigException {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw error(key, String.valueOf(e.getMessage()));
    }
  }

  ConfigException error(String key, String why) {
    ConfigValue value = given.containsKey(key) ? given.get(key) : defaults.get(key);
    return at(value == null ? given.origin() : value.origin(), full(key) + ": " + why);
  }

  /// An error of the object itself.
  ConfigException error(String why) {
    return at(given.origin(), path.isEmpty() ? why : path + ": " + why);
  }

  private static ConfigException at(ConfigOrigin origin, String what) {
    return new ConfigException(ConfSource.where(origin), what);
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private @Nullable ConfigValue find(String key) {
    ConfigValue value = given.containsKey(key) ? given.get(key) : defaults.get(key);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  private static ConfigObject child(ConfigObject object, String key) {
    return object.get(key) instanceof ConfigObject child ? child : NOTHING;
  }

  private ConfigOrigin deepest(String dotted) {
    ConfigValue place = root;
    for (String step : dotted.split("\\.", -1)) {
      if (!(place instanceof ConfigObject object) || !object.containsKey(step)) {
        break;
      }
      place = object.get(step);
    }
    return place.origin();
  }

  private ConfigList list(String key, String what) throws ConfigException {
    ConfigValue value = find(key);
    if (value instanceof ConfigList list) {
      return list;
    }
    throw value == null ? missing(key, what) : wrong(key, value, what);
  }

  private <T> T valued(String key, String what, Function<ConfigValue, Optional<T>> parse)
      throws ConfigException {
    ConfigValue value = find(key);
    if (value == null) {
      throw missing(key, what);
    }
    Optional<T> parsed = scalarText(value).flatMap(_ -> parse.apply(value));
    if (parsed.isEmpty()) {
      throw wrong(key, value, what);
    }
    return parsed.get();
  }

  private <T> Optional<T> scalar(String key, String what, Function<String, Optional<T>> parse)
      throws ConfigException {
    return has(key)
        ? Optional.of(valued(key, what, value -> scalarText(value).flatMap(parse)))
        : Optional.empty();
  }

  /// A number's text is the one that the user wrote, not one made from its double.
  private static Optional<String> scalarText(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, BOOLEAN -> Optional.of(value.unwrapped().toString());
      case NUMBER -> Optional.of(value.atKey("number").getString("number"));
      case OBJECT, LIST, NULL -> Optional.empty();
    };
  }

  private <T> T need(Optional<T> value, String key, String what) throws ConfigException {
    if (value.isEmpty()) {
      throw missing(key, what);
    }
    return value.get();
  }

  private ConfigException missing(String key, String what) {
    ConfigValue value = given.get(key);
    return at(
        value == null ? given.origin() : value.origin(),
        full(key) + ": it has no value; write " + what);
  }

  private ConfigException wrong(String key, ConfigValue value, String what) {
    String found =
        switch (value.valueType()) {
          case OBJECT -> "an object";
          case LIST -> "a list";
          case STRING, NUMBER, BOOLEAN, NULL -> quoted(scalarText(value).orElse("null"));
        };
    return error(key, "it is " + found + "; write " + what);
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + '"';
  }

  private static Optional<Long> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }

  private static Optional<Double> parseDouble(String text) {
    try {
      return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> parseLong(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
