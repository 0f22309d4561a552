package dev.alicorn.engine.llm;

import dev.alicorn.config.Dialect;
import org.apache.pekko.actor.typed.ActorSystem;

/// The list of wire formats that there is a client for.
public final class LlmProviders {
  private LlmProviders() {}

  /// The client that speaks an endpoint's wire format in its dialect.
  public static LlmClient client(EndpointSettings endpoint, ActorSystem<?> system) {
    return switch (endpoint.dialect()) {
      case Dialect.Chat chat -> new OpenAiClient(endpoint, chat, system);
      case Dialect.Messages messages -> new AnthropicClient(endpoint, messages, system);
    };
  }
}
