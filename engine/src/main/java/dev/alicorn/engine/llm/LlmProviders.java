package dev.alicorn.engine.llm;

import org.apache.pekko.actor.typed.ActorSystem;

/// The list of wire formats that there is a client for.
public final class LlmProviders {
  private LlmProviders() {}

  /// The client that speaks an endpoint's wire format.
  public static LlmClient client(EndpointSettings endpoint, ActorSystem<?> system) {
    return switch (endpoint.wire()) {
      case OPENAI_CHAT -> new OpenAiClient(endpoint, system);
    };
  }
}
