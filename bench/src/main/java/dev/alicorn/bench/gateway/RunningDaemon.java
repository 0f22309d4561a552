package dev.alicorn.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.bench.load.EndpointProcess;
import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.JavaCommand;
import dev.alicorn.bench.measure.ProcessStatus;
import dev.alicorn.gateway.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A daemon of its own, with a folder that it works in, and a client of it.
record RunningDaemon(Process process, URI url, HttpClient http) implements AutoCloseable {
  static final String HEAP = "-Xmx512m";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final Pattern HEAP_USED =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");

  /// Starts one and waits until it listens.
  ///
  /// @param folder holds its data, and seed files that jobs may name
  /// @param endpoint that jobs name `scripted`, with 64 calls in flight
  static RunningDaemon start(Path folder, EndpointProcess endpoint) throws IOException {
    Path file = folder.resolve("alicorn.conf");
    Files.writeString(
        file,
        """
        endpoints { scripted { kind = openai, url = "%s", model = scripted, max_in_flight = 64 } }
        journal { reserve = 64MiB }
        gateway { port = 0, seed_roots = ["%s"] }
        """
            .formatted(endpoint.url(), folder));
    Process process =
        new ProcessBuilder(
                JavaCommand.of(
                    List.of(HEAP),
                    Main.class.getName(),
                    List.of(
                        "serve",
                        "--config",
                        file.toString(),
                        "--data",
                        folder.resolve("data").toString())))
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader lines = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread.ofVirtual().start(() -> drain(lines));
        return new RunningDaemon(
            process, URI.create(listening.group(1)), HttpClient.newHttpClient());
      }
      said.append(line).append('\n');
    }
    throw new IOException("the daemon did not start: " + said);
  }

  /// Reads whatever the daemon says further, which else would block it.
  private static void drain(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {
        // It is of no interest.
      }
    } catch (IOException _) {
      // The daemon has ended.
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofMinutes(2)).build(),
        BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  /// What it holds: the heap behind a full collection, the memory that it has of the machine,
  /// threads, and descriptors.
  record Held(double heapBytes, double residentBytes, int threads, int descriptors) {}

  Held held() throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    ChildProcess.run(
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid, "GC.run"))
        .orThrow();
    double heap =
        HEAP_USED
            .matcher(get("/metrics").body())
            .results()
            .mapToDouble(used -> Double.parseDouble(used.group(1)))
            .sum();
    ProcessStatus status = ProcessStatus.of(process.pid());
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", pid, "fd"))) {
      return new Held(
          heap, status.residentBytes(), status.threads(), Math.toIntExact(descriptors.count()));
    }
  }

  /// Ends it as an init system does.
  @Override
  public void close() throws IOException {
    http.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("the daemon did not end within a minute of SIGTERM");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
