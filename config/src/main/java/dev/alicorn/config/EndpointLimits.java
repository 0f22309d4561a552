package dev.alicorn.config;

import java.time.Duration;
import java.util.OptionalLong;

/// How much may be asked of an endpoint.
///
/// @param requestsPerMinute empty where only the endpoint itself says
/// @param tokensPerMinute input and output tokens together; empty where only the endpoint itself
///   says
/// @param inputTokensPerMinute empty where the endpoint does not limit them apart, or only itself
///   says
/// @param outputTokensPerMinute the same
/// @param maxInFlight calls at a time, the ceiling of the adaptive concurrency
/// @param weight share of a pool's calls, against the other endpoints' weights
/// @param callDeadline from sending a call to the end of its body
/// @param responseBytesMax where a body is cut
/// @param giveUpAfter how long nothing but failures may come before the job pauses
public record EndpointLimits(
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalLong inputTokensPerMinute,
    OptionalLong outputTokensPerMinute,
    int maxInFlight,
    int weight,
    Duration callDeadline,
    long responseBytesMax,
    Duration giveUpAfter) {

  /// What two endpoints take between them; a limit that one of them leaves open is open.
  public EndpointLimits plus(EndpointLimits other) {
    return new EndpointLimits(
        sum(requestsPerMinute, other.requestsPerMinute),
        sum(tokensPerMinute, other.tokensPerMinute),
        sum(inputTokensPerMinute, other.inputTokensPerMinute),
        sum(outputTokensPerMinute, other.outputTokensPerMinute),
        maxInFlight + other.maxInFlight,
        weight + other.weight,
        callDeadline.compareTo(other.callDeadline) > 0 ? callDeadline : other.callDeadline,
        Math.max(responseBytesMax, other.responseBytesMax),
        giveUpAfter.compareTo(other.giveUpAfter) > 0 ? giveUpAfter : other.giveUpAfter);
  }

  private static OptionalLong sum(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(one.getAsLong() + other.getAsLong())
        : OptionalLong.empty();
  }
}
