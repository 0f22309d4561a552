package dev.alicorn.config;

import dev.alicorn.protocol.Price;
import java.net.URI;
import java.util.Optional;

/// An LLM endpoint of the deployment, in one of the kinds there are.
public sealed interface EndpointConfig {
  String model();

  EndpointLimits limits();

  Price price();

  Dialect dialect();

  /// A model of the catalogue, served by a llama.cpp process of our own (`kind = llama`).
  ///
  /// @param slots calls that it generates for at a time
  record Llama(String model, int slots, EndpointLimits limits, Price price, Dialect dialect)
      implements EndpointConfig {}

  /// A server of somebody's (`kind = openai`, `kind = anthropic`).
  ///
  /// @param url http or https, without a trailing slash: the base that paths of calls follow
  record Remote(
      URI url,
      String model,
      Optional<Secret> key,
      EndpointLimits limits,
      Price price,
      Dialect dialect)
      implements EndpointConfig {}
}
