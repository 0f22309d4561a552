package dev.alicorn.engine.llm;

import dev.alicorn.config.Dialect;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Settings and requests that tests start from.
final class Endpoints {
  static final Duration DEADLINE = Duration.ofSeconds(20);
  static final Dialect.Chat CHAT = EndpointDraft.CHAT;

  private Endpoints() {}

  static EndpointSettings at(URI url) {
    return at(() -> url);
  }

  static EndpointSettings at(Supplier<URI> url) {
    return EndpointDraft.at(url).named("big").withDeadline(DEADLINE).settings();
  }

  static EndpointSettings named(EndpointSettings from, String name, int weight) {
    return EndpointDraft.of(from).named(name).weighing(weight).settings();
  }

  static EndpointSettings withKey(EndpointSettings from, String key) {
    return EndpointDraft.of(from).withKey(key).settings();
  }

  static EndpointSettings speaking(EndpointSettings from, Dialect dialect) {
    return EndpointDraft.of(from).speaking(dialect).settings();
  }

  static EndpointSettings asking(EndpointSettings from, String model) {
    return EndpointDraft.of(from).asking(model).settings();
  }

  static EndpointSettings withDeadline(EndpointSettings from, Duration deadline) {
    return EndpointDraft.of(from).withDeadline(deadline).settings();
  }

  static EndpointSettings withLimits(
      EndpointSettings from, OptionalLong requests, OptionalLong tokens, int inFlightMax) {
    return withLimits(
        from, requests, tokens, OptionalLong.empty(), OptionalLong.empty(), inFlightMax);
  }

  static EndpointSettings withLimits(
      EndpointSettings from,
      OptionalLong requests,
      OptionalLong tokens,
      OptionalLong input,
      OptionalLong output,
      int inFlightMax) {
    return EndpointDraft.of(from)
        .withLimits(requests, tokens, input, output)
        .inFlight(inFlightMax)
        .settings();
  }

  static ChatRequest caption(String seed) {
    return new ChatRequest(
        "scripted", List.of(Message.user("Describe: " + seed)), 0.7, 700, Optional.empty());
  }
}
