package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The daemon that a command talks to, and how its answers are printed.
final class DaemonOptions {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8741",
      description = "The daemon (default: ${DEFAULT-VALUE}).")
  private URI server = URI.create("http://127.0.0.1:8741");

  @Option(names = "--json", description = "Prints the daemon's answer as it is, for programs.")
  private boolean json;

  boolean json() {
    return json;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    try (InputStream answer = send(request(path).GET().build())) {
      return JSON.readTree(answer);
    }
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return post(path, "application/json", HttpRequest.BodyPublishers.ofString(body));
  }

  /// Sends lines of JSON, each when it can be sent.
  ///
  /// @param lines iterated once
  JsonNode postLines(String path, Iterable<byte[]> lines) throws IOException, InterruptedException {
    return post(path, "application/x-ndjson", HttpRequest.BodyPublishers.ofByteArrays(lines));
  }

  private JsonNode post(String path, String mediaType, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request = request(path).header("Content-Type", mediaType).POST(body).build();
    try (InputStream answer = send(request)) {
      return JSON.readTree(answer);
    }
  }

  /// The lines of an event stream as they come.
  BufferedReader events(String path) throws IOException, InterruptedException {
    return new BufferedReader(
        new InputStreamReader(
            send(request(path).header("Accept", "text/event-stream").GET().build()),
            StandardCharsets.UTF_8));
  }

  JsonNode parse(String text) throws IOException {
    return JSON.readTree(text);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path));
  }

  private InputStream send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      // Not closed: a client that is closed waits for streams that have no end.
      response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .build()
              .send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException _) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "there is no daemon at "
              + server
              + "; start one with `./alicorn serve`, or name another with --server");
    }
    if (response.statusCode() / 100 != 2) {
      try (InputStream body = response.body()) {
        throw refused(
            response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  private CommandFailure refused(int status, String body) {
    String detail;
    try {
      detail = JSON.readTree(body).path("detail").asText(body);
    } catch (IOException _) {
      detail = body;
    }
    return new CommandFailure(
        status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.BAD_INPUT,
        detail.isBlank() ? server + " answers with status " + status : detail);
  }
}
