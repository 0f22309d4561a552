package dev.alicorn.config;

import dev.alicorn.protocol.Price;
import java.net.URI;
import java.util.Optional;

/// An LLM endpoint of the deployment, in one of the kinds there are.
public sealed interface EndpointConfig {
  String model();

  EndpointLimits limits();

  Price price();

  /// Whether it can bind its replies to a JSON schema.
  boolean jsonSchema();

  /// A model of the catalogue, served by a llama.cpp process of our own (`kind = llama`).
  ///
  /// @param slots calls that it generates for at a time
  record Llama(String model, int slots, EndpointLimits limits, Price price, boolean jsonSchema)
      implements EndpointConfig {}

  /// A server that speaks OpenAI's chat completions (`kind = openai`).
  ///
  /// @param url http or https, without a trailing slash: calls go to `{url}/chat/completions`
  record OpenAi(
      URI url,
      String model,
      Optional<Secret> key,
      EndpointLimits limits,
      Price price,
      boolean jsonSchema)
      implements EndpointConfig {}
}
