package dev.alicorn.config;

import java.time.Duration;
import java.util.OptionalLong;

/// How much may be asked of an endpoint.
///
/// @param requestsPerMinute empty where only the endpoint itself says
/// @param tokensPerMinute input and output tokens together; empty where only the endpoint itself
///   says
/// @param maxInFlight calls at a time, the ceiling of the adaptive concurrency
/// @param weight share of a pool's calls, against the other endpoints' weights
/// @param callDeadline from sending a call to the end of its body
/// @param responseBytesMax where a body is cut
/// @param giveUpAfter how long nothing but failures may come before the job pauses
public record EndpointLimits(
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    int maxInFlight,
    int weight,
    Duration callDeadline,
    long responseBytesMax,
    Duration giveUpAfter) {}
