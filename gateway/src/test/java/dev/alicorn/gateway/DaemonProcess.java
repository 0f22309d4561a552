package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// A daemon as its users have it: a process that listens, and a client of it.
record DaemonProcess(AlicornProcess process, URI url, HttpClient http) implements AutoCloseable {
  /// A job of captions whose seeds lie in a file of the working folder.
  static final String JOB =
      """
      { "name": "trams", "seeds": [ { "file": "seeds.txt" } ],
        "caption": { "endpoint": "scripted" }, "instruct": { "tasks": {} },
        "embed": { "encoder": "none" } }
      """;

  /// The same with seeds that are sent.
  static final String STREAMED = JOB.replace("{ \"file\": \"seeds.txt\" }", "{ \"stream\": true }");

  private static final Duration ANSWER_MAX = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("listening on (https?://\\S+)");

  /// Starts one in a folder where a [CaptionJob] is written, beside a data folder of its own.
  static DaemonProcess serve(Path folder, int seeds, ScriptedEndpoint endpoint) throws Exception {
    return serve(folder, seeds, endpoint, "", HttpClient.newHttpClient());
  }

  /// @param gateway more keys of the deployment's `gateway`
  static DaemonProcess serve(
      Path folder, int seeds, ScriptedEndpoint endpoint, String gateway, HttpClient http)
      throws Exception {
    new CaptionJob(folder, seeds).write(endpoint, "max_in_flight = 4");
    Files.writeString(
        folder.resolve("alicorn.conf"),
        Files.readString(folder.resolve("alicorn.conf"))
            + "gateway { port = 0, seed_roots = [\".\"], "
            + gateway
            + " }\n");
    return start(folder, http);
  }

  /// Starts one by the `alicorn.conf` that is in a folder.
  static DaemonProcess start(Path folder, HttpClient http) throws Exception {
    AlicornProcess process = AlicornProcess.start(folder, "serve", "--data", "data");
    CaptionJob.await(process, () -> LISTENING.matcher(process.output()).find());
    Matcher listening = LISTENING.matcher(process.output());
    assertThat(listening.find()).isTrue();
    return new DaemonProcess(process, URI.create(listening.group(1)), http);
  }

  /// A client that trusts what a context trusts.
  static HttpClient trusting(SSLContext context) {
    return HttpClient.newBuilder().sslContext(context).build();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return http.send(request(path, headers).GET().build(), BodyHandlers.ofString());
  }

  JsonNode json(String path, String... headers) throws Exception {
    return JSON.readTree(get(path, headers).body());
  }

  HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
    return http.send(request(path, headers).GET().build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = request(path, headers);
    if (Arrays.stream(headers).noneMatch("Content-Type"::equals)) {
      request.header(
          "Content-Type", path.endsWith("/seeds") ? "application/x-ndjson" : "application/json");
    }
    return http.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path) throws Exception {
    return http.send(
        request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  /// Begins a job and gives its path.
  String submit(String job, String... headers) throws Exception {
    HttpResponse<String> created = post("/v1/jobs", job, headers);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return created.headers().firstValue("Location").orElseThrow();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER_MAX);
    return headers.length == 0 ? request : request.headers(headers);
  }

  /// Waits until a job or a replay is in a state.
  void await(String path, String state, String... headers) throws Exception {
    CaptionJob.await(process, () -> json(path, headers).path("state").asText().equals(state));
  }

  static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .as(response.body())
        .contains("application/problem+json");
    assertThat(response.body()).contains(detail);
  }

  @Override
  public void close() {
    process.close();
  }
}
