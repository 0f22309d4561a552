package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.OptionalLong;

/// What an endpoint's limits start from.
record LimitSettings(
    String endpoint,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalLong inputTokensPerMinute,
    OptionalLong outputTokensPerMinute,
    int inFlightMax,
    Duration callDeadline,
    Duration giveUpAfter) {

  static LimitSettings of(EndpointSettings endpoint) {
    return new LimitSettings(
        endpoint.name(),
        endpoint.requestsPerMinute(),
        endpoint.tokensPerMinute(),
        endpoint.inputTokensPerMinute(),
        endpoint.outputTokensPerMinute(),
        endpoint.inFlightMax(),
        endpoint.callDeadline(),
        endpoint.giveUpAfter());
  }
}
