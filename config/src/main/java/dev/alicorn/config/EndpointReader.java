package dev.alicorn.config;

import com.typesafe.config.Config;
import dev.alicorn.protocol.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The reader of one entry of `endpoints`: its kind first, which says what keys it may have.
final class EndpointReader {
  static final List<String> COMMON =
      List.of(
          "kind",
          "model",
          "requests_per_minute",
          "tokens_per_minute",
          "max_in_flight",
          "weight",
          "call_deadline",
          "response_bytes_max",
          "give_up_after",
          "json_schema",
          "price");
  static final List<String> LLAMA = with("slots");
  static final List<String> OPENAI = with("url", "key");
  static final List<String> KEYS =
      Stream.of(LLAMA, OPENAI).flatMap(List::stream).distinct().toList();
  static final List<String> PRICE = List.of("input_per_million", "output_per_million", "currency");

  private enum Kind {
    LLAMA("llama"),
    OPENAI("openai");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    private List<String> keys() {
      return switch (this) {
        case LLAMA -> EndpointReader.LLAMA;
        case OPENAI -> EndpointReader.OPENAI;
      };
    }
  }

  private EndpointReader() {}

  private static List<String> with(String... own) {
    return Stream.concat(COMMON.stream(), Stream.of(own)).toList();
  }

  /// Reads one entry.
  ///
  /// @param kinds the defaults of each kind
  static EndpointConfig read(ConfReader entry, Config kinds) throws ConfigException {
    Kind kind = entry.choice("kind", Kind.values(), k -> k.key);
    ConfReader endpoint = entry.as(kinds.getObject(kind.key), kind.keys());
    return switch (kind) {
      case LLAMA -> llama(endpoint);
      case OPENAI -> openAi(endpoint);
    };
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
