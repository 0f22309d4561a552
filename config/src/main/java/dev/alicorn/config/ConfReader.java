package dev.alicorn.config;

import static dev.alicorn.config.ConfNode.scalarText;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// A cursor over one object of a configuration: typed reads of its keys, the user's value first and
/// the default where there is none.
///
/// Every key that the object may have is named when the cursor is made, so that an unknown one is
/// an error before anything is read. Each error names key, place and mend. A value of `null` is
/// none, also where the default has one.
final class ConfReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final String COUNT = "a whole number from 0 on, such as 600 or 50M";
  private static final String AMOUNT = "an amount from 0 on, such as 25 or 0.10";

  private final ConfNode node;

  private ConfReader(ConfNode node, List<String> keys) throws ConfigException {
    this.node = node;
    node.refuseUnknown(keys);
  }

  static ConfReader of(ConfigObject given, ConfigObject defaults, List<String> keys)
      throws ConfigException {
    return new ConfReader(new ConfNode(given, given, defaults, ""), keys);
  }

  /// Whether the user, or else the default, gives the key a value.
  boolean has(String key) {
    return node.find(key) != null;
  }

  /// Whether the user gives the key a value.
  boolean gives(String key) {
    ConfigValue value = node.given().get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  /// Whether the value is a single word or number.
  boolean isScalar(String key) {
    ConfigValue value = node.find(key);
    return value != null && scalarText(value).isPresent();
  }

  String text(String key) throws ConfigException {
    return required(key, "a text", Optional::of);
  }

  Optional<String> optionalText(String key) throws ConfigException {
    return optional(key, "a text", Optional::of);
  }

  /// A name or path: a text that is not blank.
  String name(String key) throws ConfigException {
    return required(key, "a text", ConfReader::notBlank);
  }

  Optional<String> optionalName(String key) throws ConfigException {
    return optional(key, "a text", ConfReader::notBlank);
  }

  private static Optional<String> notBlank(String text) {
    return Optional.of(text).filter(name -> !name.isBlank());
  }

  /// A secret; no error repeats any of it.
  Optional<Secret> secret(String key) throws ConfigException {
    ConfigValue value = node.find(key);
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
    return required(key, "true or false", Quantity::flag);
  }

  /// A decimal number from 0 on.
  double number(String key) throws ConfigException {
    return required(key, "a number from 0 on, such as 0.7", Quantity::number);
  }

  /// Any whole number of 64 bits.
  long whole(String key) throws ConfigException {
    return required(key, "a whole number", Quantity::whole);
  }

  /// A count from 0 on, such as `50M`.
  long count(String key) throws ConfigException {
    return required(key, COUNT, Quantity::count);
  }

  OptionalLong optionalCount(String key) throws ConfigException {
    Optional<Long> count = optional(key, COUNT, Quantity::count);
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
  BigDecimal amount(String key) throws ConfigException {
    return required(key, AMOUNT, Quantity::amount);
  }

  Optional<BigDecimal> optionalAmount(String key) throws ConfigException {
    return optional(key, AMOUNT, Quantity::amount);
  }

  long bytes(String key) throws ConfigException {
    return parsed(key, "a size with its unit, such as 2GiB", Quantity::bytes);
  }

  Duration duration(String key) throws ConfigException {
    return parsed(key, "a time span with its unit, such as 50ms or 5m", Quantity::duration);
  }

  /// One of some words.
  <E> E choice(String key, E[] choices, Function<E, String> word) throws ConfigException {
    Map<String, E> byWord = new TreeMap<>();
    for (E choice : choices) {
      byWord.put(word.apply(choice), choice);
    }
    ConfigValue value = needed(key, "one of " + byWord.keySet());
    String text = scalarText(value).orElse("");
    E choice = byWord.get(text);
    if (choice == null) {
      throw error(
          key,
          "%s is none of %s; did you mean \"%s\"?"
              .formatted(
                  ConfNode.shown(value), byWord.keySet(), Nearest.to(text, byWord.keySet())));
    }
    return choice;
  }

  List<String> names(String key) throws ConfigException {
    List<String> names = new ArrayList<>();
    for (ConfigValue element : list(key, "a list of names, such as [a, b]")) {
      Optional<String> name = scalarText(element).filter(text -> !text.isBlank());
      if (name.isEmpty()) {
        throw ConfNode.fault(
            element.origin(), node.full(key) + " takes names only, such as [a, b]");
      }
      names.add(name.get());
    }
    return names;
  }

  /// The objects of a list.
  List<ConfReader> objects(String key, List<String> keys) throws ConfigException {
    List<ConfReader> readers = new ArrayList<>();
    for (ConfigValue element : list(key, "a list of objects, such as [ { … } ]")) {
      String place = node.full(key) + "[" + readers.size() + "]";
      if (!(element instanceof ConfigObject object)) {
        throw ConfNode.fault(element.origin(), place + " is not an object; write { key = value }");
      }
      readers.add(new ConfReader(node.at(object, ConfNode.NOTHING, place), keys));
    }
    return readers;
  }

  /// An inner object, its keys over the default's keys.
  ConfReader object(String key, List<String> keys) throws ConfigException {
    return object(key, node.innerDefaults(key), keys);
  }

  private ConfReader object(String key, ConfigObject innerDefaults, List<String> keys)
      throws ConfigException {
    ConfigValue value = node.given().get(key);
    if (value != null && !(value instanceof ConfigObject)) {
      throw error(key, "it is not an object; write " + key + " { key = value }");
    }
    ConfigObject inner =
        value instanceof ConfigObject object
            ? object
            : ConfNode.NOTHING.withOrigin(node.given().origin());
    return new ConfReader(node.at(inner, innerDefaults, node.full(key)), keys);
  }

  /// An inner object that the user writes whole: its keys replace the default's and never join
  /// them.
  ConfReader replacedObject(String key, List<String> keys) throws ConfigException {
    return object(
        key, node.given().containsKey(key) ? ConfNode.NOTHING : node.innerDefaults(key), keys);
  }

  /// An inner object that may be left out.
  Optional<ConfReader> optionalObject(String key, List<String> keys) throws ConfigException {
    return has(key) ? Optional.of(object(key, keys)) : Optional.empty();
  }

  /// The entries of an inner object whose keys are names that users choose: the user's beside the
  /// default's, a whole entry replacing a default of the same name. They have no defaults until
  /// [#as] says of what kind an entry is.
  Map<String, ConfReader> entries(String key, List<String> keys) throws ConfigException {
    Map<String, ConfigValue> entries = new TreeMap<>(node.innerDefaults(key));
    if (node.given().containsKey(key)) {
      if (!(node.given().get(key) instanceof ConfigObject object)) {
        throw error(key, "it is not an object; write " + key + " { name { key = value } }");
      }
      entries.putAll(object);
    }
    Map<String, ConfReader> readers = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : entries.entrySet()) {
      String name = entry.getKey();
      String place = node.full(key) + "." + name;
      ConfigOrigin origin = entry.getValue().origin();
      if (!NAME.matcher(name).matches()) {
        throw ConfNode.fault(
            origin, place + " is no name; use 1 to 64 letters, digits, dots, _ and -");
      }
      if (!(entry.getValue() instanceof ConfigObject object)) {
        throw ConfNode.fault(origin, place + " is not an object; write { kind = … }");
      }
      readers.put(name, new ConfReader(node.at(object, ConfNode.NOTHING, place), keys));
    }
    return readers;
  }

  /// The same object over other defaults, with the keys that one kind of it may have.
  ConfReader as(ConfigObject kindDefaults, List<String> keys) throws ConfigException {
    return new ConfReader(node.at(node.given(), kindDefaults, node.path()), keys);
  }

  /// What a record's constructor makes; what it refuses as `key: why` is an error at that key.
  <T> T build(Supplier<T> value) throws ConfigException {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw node.refused(e);
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
    return node.error(key, why);
  }

  /// An error of the object itself.
  ConfigException error(String why) {
    return node.error(why);
  }

  private ConfigList list(String key, String what) throws ConfigException {
    ConfigValue value = needed(key, what);
    if (value instanceof ConfigList list) {
      return list;
    }
    throw node.wrong(key, value, what);
  }

  private <T> Optional<T> optional(String key, String what, Function<String, Optional<T>> parse)
      throws ConfigException {
    return has(key) ? Optional.of(required(key, what, parse)) : Optional.empty();
  }

  private <T> T required(String key, String what, Function<String, Optional<T>> parse)
      throws ConfigException {
    return parsed(key, what, value -> scalarText(value).flatMap(parse));
  }

  private <T> T parsed(String key, String what, Function<ConfigValue, Optional<T>> parse)
      throws ConfigException {
    ConfigValue value = needed(key, what);
    Optional<T> parsed = scalarText(value).flatMap(_ -> parse.apply(value));
    if (parsed.isEmpty()) {
      throw node.wrong(key, value, what);
    }
    return parsed.get();
  }

  private ConfigValue needed(String key, String what) throws ConfigException {
    ConfigValue value = node.find(key);
    if (value == null) {
      throw node.missing(key, what);
    }
    return value;
  }
}
