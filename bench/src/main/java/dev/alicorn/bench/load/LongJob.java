package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.JavaCommand;
import dev.alicorn.bench.measure.ProcessStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A job of many seeds in a Java of its own with a heap of 512 MiB, against an endpoint that
/// answers at once in another, looked at from outside while it runs.
///
/// Captions are embedded by an encoder that draws vectors by hash.
final class LongJob {
  static final String HEAP = "-Xmx512m";
  private static final String MAIN = "dev.alicorn.engine.kill.JobMain";
  private static final int IN_FLIGHT = 256;
  private static final int SEEDS_PER_SAMPLE = 5;
  private static final long LOOK_MILLIS = 500;
  private static final Pattern ALIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
  private static final JsonMapper JSON = new JsonMapper();

  private LongJob() {}

  /// The process at one instant.
  ///
  /// @param calls that the endpoint had answered
  /// @param heapBytes of what is alive, after a full collection
  record Look(
      long calls, double seconds, long heapBytes, long rssBytes, long threads, long descriptors) {}

  /// Runs a job to its end.
  ///
  /// @param wanted whether to look, by the calls that were answered; asked twice a second
  static List<Look> run(Path folder, int seeds, boolean samples, LongPredicate wanted)
      throws Exception {
    Files.write(
        folder.resolve("seeds.txt"), IntStream.range(0, seeds).mapToObj(CaptionJob::seed).toList());
    Files.writeString(
        folder.resolve("job.conf"),
        """
        seeds = [ { file = seeds.txt } ]
        caption { endpoint = scripted }
        instruct { endpoint = scripted, tasks { %s } }
        embed { encoder = made-up }
        dataset { formats = [parquet] }
        """
            .formatted(samples ? "question_answering = " + seeds / SEEDS_PER_SAMPLE : ""));
    try (EndpointProcess endpoint = EndpointProcess.start();
        HttpClient client = HttpClient.newHttpClient()) {
      Process process = start(folder, endpoint.url());
      try {
        List<Look> looks = new ArrayList<>();
        long start = System.nanoTime();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          long calls = calls(client, endpoint.url());
          if (wanted.test(calls)) {
            look(process.pid(), calls, (System.nanoTime() - start) / 1e9).ifPresent(looks::add);
          }
        }
        String output = Files.readString(folder.resolve("output.txt"));
        if (!output.lines().toList().contains("completed")) {
          throw new IllegalStateException("the job did not complete: " + output);
        }
        return looks;
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Process start(Path folder, URI endpoint) throws IOException {
    return new ProcessBuilder(
            JavaCommand.of(
                List.of(HEAP),
                MAIN,
                List.of(folder.toString(), endpoint.toString(), Integer.toString(IN_FLIGHT))))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  private static long calls(HttpClient client, URI endpoint)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/ledger/totals")).build();
    String totals = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JSON.readTree(totals).path("completions").longValue();
  }

  /// Empty when the process ends meanwhile.
  private static Optional<Look> look(long pid, long calls, double seconds) throws Exception {
    Path process = Path.of("/proc", Long.toString(pid));
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    // Counts what is alive, after a full collection.
    ChildProcess histogram =
        ChildProcess.run(
            Map.of(), List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram"));
    Matcher alive = ALIVE.matcher(histogram.output());
    if (histogram.exitCode() != 0 || !alive.find() || !Files.exists(process.resolve("fd"))) {
      return Optional.empty();
    }
    ProcessStatus status = ProcessStatus.of(pid);
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return Optional.of(
          new Look(
              calls,
              seconds,
              Long.parseLong(alive.group(1)),
              status.residentBytes(),
              status.threads(),
              descriptors.count()));
    }
  }
}
