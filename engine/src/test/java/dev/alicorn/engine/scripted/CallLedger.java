package dev.alicorn.engine.scripted;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The endpoint's own account of what it was asked and what it billed.
///
/// A completion is a complete 200 body that holds a usage, whatever else is wrong with it; its
/// tokens are those of that usage. Everything else is a request and no completion.
public final class CallLedger {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What is known of one call key: the SHA-256 of the request's body.
  public record Call(int requests, int completions, long promptTokens, long completionTokens) {
    private static final Call NEW = new Call(0, 0, 0, 0);

    private Call asked() {
      return new Call(requests + 1, completions, promptTokens, completionTokens);
    }

    private Call billed(long prompt, long completion) {
      return new Call(
          requests, completions + 1, promptTokens + prompt, completionTokens + completion);
    }
  }

  /// One request.
  ///
  /// @param at since the endpoint started
  /// @param attempt how often the key had come before
  /// @param outcome `ok`, or the fault's label
  public record Arrival(Duration at, String key, int attempt, String outcome) {}

  private final long startedNanos = System.nanoTime();
  private final LongAdder requests = new LongAdder();
  private final LongAdder completions = new LongAdder();
  private final LongAdder limited = new LongAdder();
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder completionTokens = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMax = new AtomicInteger();
  private final Map<String, Call> calls = new ConcurrentHashMap<>();
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  CallLedger() {}

  void requested() {
    requests.increment();
    int now = inFlight.incrementAndGet();
    if (now > inFlightMax.get()) {
      inFlightMax.accumulateAndGet(now, Math::max);
    }
  }

  /// Notes a key; returns how often it had come before.
  int keyed(String key) {
    return calls.merge(key, Call.NEW.asked(), (known, _) -> known.asked()).requests() - 1;
  }

  void arrived(String key, int attempt, String outcome) {
    arrivals.add(new Arrival(sinceStart(), key, attempt, outcome));
  }

  void limited() {
    limited.increment();
  }

  void answered() {
    inFlight.decrementAndGet();
  }

  void billed(long prompt, long completion) {
    completions.increment();
    promptTokens.add(prompt);
    completionTokens.add(completion);
  }

  void billed(String key, long prompt, long completion) {
    calls.compute(key, (_, known) -> (known == null ? Call.NEW : known).billed(prompt, completion));
  }

  /// The endpoint's clock.
  public Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  public long requests() {
    return requests.sum();
  }

  public long completions() {
    return completions.sum();
  }

  /// Requests that were answered with 429.
  public long limitedRequests() {
    return limited.sum();
  }

  public long promptTokens() {
    return promptTokens.sum();
  }

  public long completionTokens() {
    return completionTokens.sum();
  }

  /// Requests that are unanswered now.
  public int inFlight() {
    return inFlight.get();
  }

  /// The most requests that were unanswered at one time.
  public int inFlightMax() {
    return inFlightMax.get();
  }

  /// What is known of each key; empty for an instant endpoint.
  public Map<String, Call> calls() {
    return Map.copyOf(calls);
  }

  /// All requests in the order in which they came; empty for an instant endpoint.
  public List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /// The sums over all calls as JSON.
  ObjectNode totalsToJson() {
    return JSON.createObjectNode()
        .put("requests", requests())
        .put("completions", completions())
        .put("limited_requests", limitedRequests())
        .put("prompt_tokens", promptTokens())
        .put("completion_tokens", completionTokens())
        .put("in_flight_max", inFlightMax());
  }

  /// The ledger as JSON: totals, then `calls` by key.
  String toJson() {
    ObjectNode root = totalsToJson();
    ObjectNode byKey = root.putObject("calls");
    new TreeMap<>(calls)
        .forEach((key, call) ->
            byKey
                .putObject(key)
                .put("requests", call.requests())
                .put("completions", call.completions())
                .put("prompt_tokens", call.promptTokens())
                .put("completion_tokens", call.completionTokens()));
    return root.toString();
  }
}
