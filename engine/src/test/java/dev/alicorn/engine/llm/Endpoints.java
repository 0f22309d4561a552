package dev.alicorn.engine.llm;

import dev.alicorn.protocol.WireFormat;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Settings and requests that tests start from.
final class Endpoints {
  static final Duration DEADLINE = Duration.ofSeconds(20);

  private Endpoints() {}

  static EndpointSettings at(URI url) {
    return at(() -> url);
  }

  static EndpointSettings at(Supplier<URI> url) {
    return new EndpointSettings(
        "big",
        url,
        Optional.empty(),
        "scripted",
        WireFormat.OPENAI_CHAT,
        OptionalLong.empty(),
        OptionalLong.empty(),
        8,
        DEADLINE,
        1 << 20,
        true,
        Duration.ofSeconds(60));
  }

  static EndpointSettings withKey(EndpointSettings from, String key) {
    return new EndpointSettings(
        from.name(),
        from.url(),
        Optional.of(() -> key),
        from.model(),
        from.wire(),
        from.requestsPerMinute(),
        from.tokensPerMinute(),
        from.inFlightMax(),
        from.callDeadline(),
        from.responseBytesMax(),
        from.jsonSchema(),
        from.giveUpAfter());
  }

  static EndpointSettings withDeadline(EndpointSettings from, Duration deadline) {
    return new EndpointSettings(
        from.name(),
        from.url(),
        from.key(),
        from.model(),
        from.wire(),
        from.requestsPerMinute(),
        from.tokensPerMinute(),
        from.inFlightMax(),
        deadline,
        from.responseBytesMax(),
        from.jsonSchema(),
        from.giveUpAfter());
  }

  static EndpointSettings withLimits(
      EndpointSettings from, OptionalLong requests, OptionalLong tokens, int inFlightMax) {
    return new EndpointSettings(
        from.name(),
        from.url(),
        from.key(),
        from.model(),
        from.wire(),
        requests,
        tokens,
        inFlightMax,
        from.callDeadline(),
        from.responseBytesMax(),
        from.jsonSchema(),
        from.giveUpAfter());
  }

  static ChatRequest caption(String seed) {
    return new ChatRequest(
        "scripted", List.of(Message.user("Describe: " + seed)), 0.7, 700, Optional.empty());
  }
}
