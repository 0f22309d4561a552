package dev.alicorn.config;

import com.typesafe.config.Config;
import dev.alicorn.protocol.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
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
          "json_schema",
          "price");
  static final List<String> LLAMA = with("slots");
  static final List<String> OPENAI = with("url", "key");
  static final List<String> POOL = List.of("kind", "endpoints", "model");
  static final List<String> KEYS =
      Stream.of(LLAMA, OPENAI, POOL).flatMap(List::stream).distinct().toList();
  static final List<String> PRICE = List.of("input_per_million", "output_per_million", "currency");

  private enum Kind {
    LLAMA("llama"),
    OPENAI("openai"),
    POOL("pool");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    private List<String> keys() {
      return switch (this) {
        case LLAMA -> EndpointReader.LLAMA;
        case OPENAI -> EndpointReader.OPENAI;
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
      case OPENAI -> openAi(endpoint);
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
    for (String name : names) {
      EndpointConfig endpoint = endpoints.get(name);
      if (endpoint == null) {
        throw pool.error(
            "endpoints",
            "no endpoint is called \"%s\"; did you mean \"%s\"?"
                .formatted(name, Nearest.to(name, endpoints.keySet())));
      }
      models.add(endpoint.model());
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
        endpoint.flag("json_schema"));
  }

  private static EndpointConfig.OpenAi openAi(ConfReader endpoint) throws ConfigException {
    return new EndpointConfig.OpenAi(
        url(endpoint),
        endpoint.name("model"),
        endpoint.secret("key"),
        limits(endpoint, endpoint.count("max_in_flight", 1, 1 << 16)),
        price(endpoint),
        endpoint.flag("json_schema"));
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
        endpoint.bytes("response_bytes_max"));
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
    BigDecimal output = price.amount("output_per_million");
    return new Price(input, output, currency);
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
