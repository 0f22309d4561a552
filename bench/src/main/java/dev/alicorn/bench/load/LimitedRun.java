package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.bench.measure.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A job at work against an endpoint that names its limits and holds its callers to them, with the
/// endpoint's own ledger read once a minute.
final class LimitedRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IN_FLIGHT = 64;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final List<String> SCRIPT =
      List.of("--instant", "--advertise", "--latency-ms", "200", "--latency-spread", "0.4");

  private LimitedRun() {}

  /// The endpoint's totals at a moment.
  record Sample(long requests, long refused, long tokens) {
    long served() {
      return requests - refused;
    }
  }

  /// Runs a job for a minute and so many more, then pauses it.
  ///
  /// @param limit what the endpoint is to hold its callers to
  /// @param callsPerMinuteMax how many calls a minute may hold at most
  /// @return totals at the first call and at the end of each minute
  static List<Sample> sampled(List<String> limit, long callsPerMinuteMax, int minutes)
      throws Exception {
    List<String> script = new ArrayList<>(SCRIPT);
    script.addAll(limit);
    try (Scratch scratch = Scratch.create("limits");
        EndpointProcess endpoint = EndpointProcess.start(script)) {
      URI ledger = endpoint.url().resolve("ledger");
      // Its first response takes long on a busy machine, longer than the engine would wait for it.
      sample(ledger);
      try (LoadedEngine engine =
          CaptionJob.engine(
              scratch.folder(),
              endpoint,
              Math.toIntExact(callsPerMinuteMax * (minutes + 2)),
              IN_FLIGHT)) {
        RunningJob job = engine.start("limits");
        List<Sample> samples = watched(ledger, minutes);
        if (job.end().isDone()) {
          throw new IllegalStateException(
              "the job ended before it was measured: " + job.end().get());
        }
        job.pause();
        return samples;
      }
    }
  }

  private static List<Sample> watched(URI ledger, int minutes)
      throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    Sample first = sample(ledger);
    while (first.requests() == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
      first = sample(ledger);
    }
    long start = System.nanoTime();
    samples.add(first);
    for (int minute = 1; minute <= minutes + 1; minute++) {
      TimeUnit.NANOSECONDS.sleep(start + minute * MINUTE_NANOS - System.nanoTime());
      samples.add(sample(ledger));
    }
    return samples;
  }

  private static Sample sample(URI ledger) throws IOException {
    try (InputStream body = ledger.toURL().openStream()) {
      JsonNode totals = JSON.readTree(body);
      return new Sample(
          totals.get("requests").asLong(),
          totals.get("limited_requests").asLong(),
          totals.get("prompt_tokens").asLong() + totals.get("completion_tokens").asLong());
    }
  }
}
