package dev.alicorn.engine.llm;

import dev.alicorn.config.Dialect;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// An endpoint of the deployment, as the LLM layer needs to know it.
///
/// @param url base of the API, without the path of a call; asked again for each call, for a process
///   of ours may come back on another port
/// @param key the key; it goes to the first origin that `url` gives and to no other
/// @param dialect its wire format, and how it is written
/// @param tokensPerMinute input and output together
/// @param weight share of a pool's calls, against its other endpoints' weights
/// @param callDeadline total time of one attempt
/// @param responseBytesMax where a response body is cut
/// @param giveUpAfter how long nothing but failures may come before the endpoint is out
public record EndpointSettings(
    String name,
    Supplier<URI> url,
    Optional<Supplier<String>> key,
    String model,
    Dialect dialect,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalLong inputTokensPerMinute,
    OptionalLong outputTokensPerMinute,
    int inFlightMax,
    int weight,
    Duration callDeadline,
    long responseBytesMax,
    Duration giveUpAfter) {

  public EndpointSettings {
    requirePositive(name, "requests_per_minute", requestsPerMinute.orElse(1));
    requirePositive(name, "tokens_per_minute", tokensPerMinute.orElse(1));
    requirePositive(name, "input_tokens_per_minute", inputTokensPerMinute.orElse(1));
    requirePositive(name, "output_tokens_per_minute", outputTokensPerMinute.orElse(1));
    requirePositive(name, "max_in_flight", inFlightMax);
    requirePositive(name, "weight", weight);
    requirePositive(name, "call_deadline", callDeadline.toNanos());
    requirePositive(name, "response_bytes_max", responseBytesMax);
    requirePositive(name, "give_up_after", giveUpAfter.toNanos());
  }

  private static void requirePositive(String endpoint, String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "endpoints." + endpoint + "." + key + ": must be positive, not " + value);
    }
  }
}
