package dev.alicorn.config;

import com.typesafe.config.Config;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// The reader of one entry of `endpoints`: its kind first, which says what keys it may have.
final class EndpointReader {
  static final List<String> COMMON =
      List.of(
          "kind",
          "model",
          "requests_per_minute",
          "tokens_per_minute",
          "input_tokens_per_minute",
          "output_tokens_per_minute",
          "max_in_flight",
          "weight",
          "call_deadline",
          "response_bytes_max",
          "give_up_after",
          "json_schema",
          "price");
  static final List<String> LLAMA = with("slots");
  static final List<String> OPENAI =
      with("url", "key", "output_limit", "send_temperature", "send_seed");
  static final List<String> ANTHROPIC = with("url", "key", "send_temperature");
  static final List<String> POOL = List.of("kind", "endpoints", "model");
  static final List<String> KEYS =
      Stream.of(LLAMA, OPENAI, ANTHROPIC, POOL).flatMap(List::stream).distinct().toList();
  static final List<String> PRICE =
      List.of("input_per_million", "cached_input_per_million", "output_per_million", "currency");

  private enum Kind {
    LLAMA("llama"),
    OPENAI("openai"),
    ANTHROPIC("anthropic"),
    POOL("pool");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    private List<String> keys() {
      return switch (this) {
        case LLAMA -> EndpointReader.LLAMA;
        case OPENAI -> EndpointReader.OPENAI;
        case ANTHROPIC -> EndpointReader.ANTHROPIC;
        case POOL -> EndpointReader.POOL;
      };
    }
  }

  private EndpointReader() {}

  private static List<String> with(String... own) {
    return Stream.concat(COMMON.stream(), Stream.of(own)).toList();
  }

  static boolean isPool(ConfReader entry) throws ConfigException {
    return kind(entry) == Kind.POOL;
  }

  private static Kind kind(ConfReader entry) throws ConfigException {
    return entry.choice("kind", Kind.values(), k -> k.key);
  }

  /// Reads one entry that is an endpoint.
  ///
  /// @param kinds the defaults of each kind
  static EndpointConfig read(ConfReader entry, Config kinds) throws ConfigException {
    Kind kind = kind(entry);
    ConfReader endpoint = entry.as(kinds.getObject(kind.key), kind.keys());
    return switch (kind) {
      case LLAMA -> llama(endpoint);
      case OPENAI -> remote(endpoint, chat(endpoint));
      case ANTHROPIC -> remote(endpoint, messages(endpoint));
      case POOL -> throw new IllegalArgumentException("a pool is no endpoint");
    };
  }

  /// Reads one entry that is a pool.
  ///
  /// @param kinds the defaults of each kind
  /// @param endpoints the deployment's, by name
  static PoolConfig readPool(ConfReader entry, Config kinds, Map<String, EndpointConfig> endpoints)
      throws ConfigException {
    ConfReader pool = entry.as(kinds.getObject(Kind.POOL.key), POOL);
    List<String> names = pool.names("endpoints");
    if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
      throw pool.error("endpoints", "name at least one endpoint, and each once");
    }
    Set<String> models = new TreeSet<>();
    Set<WireFormat> wires = EnumSet.noneOf(WireFormat.class);
    for (String name : names) {
      EndpointConfig endpoint = endpoints.get(name);
      if (endpoint == null) {
        throw pool.error(
            "endpoints",
            "no endpoint is called \"%s\"; did you mean \"%s\"?"
                .formatted(name, Nearest.to(name, endpoints.keySet())));
      }
      models.add(endpoint.model());
      wires.add(endpoint.dialect().wire());
    }
    if (wires.size() > 1) {
      throw pool.error(
          "endpoints",
          "they do not all speak one wire format, on which call keys depend; make a pool of each kind");
    }
    Optional<String> model = pool.optionalName("model");
    if (model.isEmpty() && models.size() > 1) {
      throw pool.error(
          "model", "its endpoints serve " + models + "; name the one that jobs are to know it by");
    }
    return new PoolConfig(names, model.orElseGet(() -> models.iterator().next()));
  }

  private static EndpointConfig.Llama llama(ConfReader endpoint) throws ConfigException {
    int slots = endpoint.count("slots", 1, 64);
    int maxInFlight =
        endpoint.has("max_in_flight") ? endpoint.count("max_in_flight", 1, 1 << 16) : slots;
    return new EndpointConfig.Llama(
        endpoint.name("model"),
        slots,
        limits(endpoint, maxInFlight),
        price(endpoint),
        new Dialect.Chat(
            Dialect.OutputLimit.MAX_TOKENS,
            endpoint.flag("json_schema")
                ? Dialect.ChatSchema.RESPONSE_FORMAT
                : Dialect.ChatSchema.NONE,
            true,
            false));
  }

  private static EndpointConfig.Remote remote(ConfReader endpoint, Dialect dialect)
      throws ConfigException {
    return new EndpointConfig.Remote(
        url(endpoint),
        endpoint.name("model"),
        endpoint.secret("key"),
        limits(endpoint, endpoint.count("max_in_flight", 1, 1 << 16)),
        price(endpoint),
        dialect);
  }

  private static Dialect.Chat chat(ConfReader endpoint) throws ConfigException {
    return new Dialect.Chat(
        endpoint.choice("output_limit", Dialect.OutputLimit.values(), Dialect.OutputLimit::key),
        schema(
            endpoint,
            Dialect.ChatSchema.RESPONSE_FORMAT,
            Dialect.ChatSchema.NONE,
            Dialect.ChatSchema.values(),
            Dialect.ChatSchema::key),
        endpoint.flag("send_temperature"),
        endpoint.flag("send_seed"));
  }

  private static Dialect.Messages messages(ConfReader endpoint) throws ConfigException {
    return new Dialect.Messages(
        schema(
            endpoint,
            Dialect.MessagesSchema.OUTPUT_CONFIG,
            Dialect.MessagesSchema.NONE,
            Dialect.MessagesSchema.values(),
            Dialect.MessagesSchema::key),
        endpoint.flag("send_temperature"));
  }

  /// How a schema is sent; `true` and `false` will do as well.
  private static <E> E schema(
      ConfReader endpoint, E usual, E none, E[] forms, Function<E, String> word)
      throws ConfigException {
    return switch (endpoint.text("json_schema")) {
      case "true" -> usual;
      case "false" -> none;
      default -> endpoint.choice("json_schema", forms, word);
    };
  }

  private static EndpointLimits limits(ConfReader endpoint, int maxInFlight)
      throws ConfigException {
    return new EndpointLimits(
        perMinute(endpoint, "requests_per_minute"),
        perMinute(endpoint, "tokens_per_minute"),
        perMinute(endpoint, "input_tokens_per_minute"),
        perMinute(endpoint, "output_tokens_per_minute"),
        maxInFlight,
        endpoint.count("weight", 1, 1000),
        endpoint.duration("call_deadline"),
        endpoint.bytes("response_bytes_max"),
        endpoint.duration("give_up_after"));
  }

  private static OptionalLong perMinute(ConfReader endpoint, String key) throws ConfigException {
    OptionalLong limit = endpoint.optionalCount(key);
    if (limit.isPresent() && limit.getAsLong() == 0) {
      throw endpoint.error(key, "a limit of 0 lets no call through; write null for none");
    }
    return limit;
  }

  private static Price price(ConfReader endpoint) throws ConfigException {
    ConfReader price = endpoint.object("price", PRICE);
    String currency = price.name("currency");
    if (!currency.matches("[A-Z]{3}")) {
      throw price.error("currency", "write three capital letters, such as USD");
    }
    BigDecimal input = price.amount("input_per_million");
    BigDecimal cached = price.optionalAmount("cached_input_per_million").orElse(input);
    BigDecimal output = price.amount("output_per_million");
    return new Price(input, cached, output, currency);
  }

  private static URI url(ConfReader endpoint) throws ConfigException {
    String text = endpoint.name("url");
    Optional<URI> url = parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    if (url.isEmpty()) {
      throw endpoint.error(
          "url", "write a plain http or https address, such as http://127.0.0.1:8000/v1");
    }
    return url.get();
  }

  /// Not repeated in errors, since a user may have put a password into it.
  private static Optional<URI> parse(String text) {
    try {
      URI url = new URI(text);
      boolean plain =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      return plain ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
