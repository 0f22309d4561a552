package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/// How an endpoint's pool stands at a moment, for people to look at.
///
/// @param waiting asks that no call has been made for yet, at this endpoint or another of its pool
/// @param waitsFor what the next of them waits for
/// @param waits how long until it is tried again, where no other call's end is waited for
/// @param out why the endpoint is out, if it is
/// @param callsLastMinute and retries among them
/// @param answered how many calls ended how, by a failure's cause or `replied`, since the pool
///   began
/// @param repliesTook how long those that were replied to took, all together
public record EndpointSnapshot(
    String endpoint,
    int inFlight,
    Limit inFlightLimit,
    Optional<Limit> requestsPerMinute,
    Optional<Limit> tokensPerMinute,
    Optional<Limit> inputTokensPerMinute,
    Optional<Limit> outputTokensPerMinute,
    int waiting,
    Optional<WaitReason> waitsFor,
    Optional<Duration> waits,
    Optional<String> out,
    long callsLastMinute,
    long retriesLastMinute,
    SortedMap<String, Long> answered,
    Duration repliesTook) {
  /// The outcome of a call that was replied to.
  public static final String REPLIED = "replied";

  /// A limit in force, and where it comes from.
  public record Limit(long value, Source source) {}

  /// Who set a limit.
  public enum Source {
    CONFIG("config"),
    HEADER("header"),
    LEARNED("learned");

    private final String key;

    Source(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
