package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.DeploymentFile;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.gateway.wiring.Spawning;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorRef;

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
      Files.write(
          scratch.folder().resolve("seeds.txt"),
          LongStream.range(0, callsPerMinuteMax * (minutes + 2))
              .mapToObj(i -> "a wooden rowing boat, number " + i + ", tied to a jetty")
              .toList());
      JobSpec spec =
          JobFile.parse(
              "seeds = [ { file = seeds.txt } ], caption { endpoint = big }, instruct { tasks {} }, embed { encoder = none }",
              "limits.conf");
      String deployment =
          "endpoints { big { kind = openai, url = \"%s\", model = scripted, max_in_flight = %d } }"
              .formatted(endpoint.url(), IN_FLIGHT);
      URI ledger = endpoint.url().resolve("ledger");
      // Its first response takes long on a busy machine, longer than the engine would wait for it.
      sample(ledger);
      try (Workplace workplace =
          Workplace.open(
              DeploymentFile.parse(deployment, scratch.folder()),
              new ModelStore(scratch.folder()),
              spec,
              Progress.NONE)) {
        CompletableFuture<JobEnd> end = new CompletableFuture<>();
        ActorRef<Job.Command> job =
            Spawning.spawn(
                workplace.system(),
                Job.open(
                    workplace.setup(
                        new JobId("limits"),
                        new JobFile(spec, scratch.folder()),
                        scratch.folder().resolve("job"),
                        scratch.folder().resolve("dataset"),
                        "bench"),
                    end),
                "limits");
        List<Sample> samples = watched(ledger, minutes);
        if (end.isDone()) {
          throw new IllegalStateException("the job ended before it was measured: " + end.get());
        }
        job.tell(new Job.Pause(PauseReason.USER, "measured"));
        end.get();
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
