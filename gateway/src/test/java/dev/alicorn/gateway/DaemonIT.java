package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon as its users have it: a process, its HTTP interface and the commands that use it.
class DaemonIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final int SEEDS = 60;
  private static final String JOB =
      """
      { "name": "trams", "seeds": [ { "file": "seeds.txt" } ],
        "caption": { "endpoint": "scripted" }, "instruct": { "tasks": {} },
        "embed": { "encoder": "none" } }
      """;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobIsSubmittedWatchedPausedResumedAndFetched() throws Exception {
    try (ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(50)).start();
        Daemon daemon = serve(endpoint)) {
      HttpResponse<String> created = daemon.post("/v1/jobs", JOB, "Idempotency-Key", "one");
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      String job = created.headers().firstValue("Location").orElseThrow();
      assertThat(daemon.post("/v1/jobs", JOB, "Idempotency-Key", "one").headers().map())
          .as("the same request gives the same job")
          .containsEntry("Location", List.of(job));
      assertThat(
              daemon
                  .post("/v1/jobs", JOB.replace("trams", "buses"), "Idempotency-Key", "one")
                  .statusCode())
          .isEqualTo(409);

      assertThat(daemon.post(job + "/pause", "").statusCode()).isEqualTo(200);
      daemon.await(job, "paused");
      long requests = endpoint.ledger().requests();
      assertThat(daemon.post(job + "/pause", "").statusCode()).isEqualTo(200);
      assertThat(daemon.get("/v1/jobs?state=paused").body()).contains("\"reason\":\"user\"");
      assertThat(endpoint.ledger().requests()).isEqualTo(requests).isLessThan(SEEDS);

      assertThat(daemon.post(job + "/resume", "").statusCode()).isEqualTo(200);
      String id = job.substring(job.lastIndexOf('/') + 1);
      AlicornProcess.Ended watched =
          AlicornProcess.run(folder, "watch", id, "--server", daemon.url().toString());
      assertThat(watched.exitCode()).as(watched.output()).isZero();
      assertThat(watched.output()).contains("job " + id + " is completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(SEEDS);

      HttpResponse<String> resumed = daemon.post(job + "/resume", "");
      assertThat(resumed.statusCode()).isEqualTo(409);
      assertThat(resumed.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(resumed.body()).contains("is completed and cannot be resumed");

      JsonNode dataset = JSON.readTree(daemon.get(job + "/datasets").body()).at("/datasets/0");
      JsonNode file = dataset.at("/files/0");
      String path =
          job
              + "/datasets/"
              + dataset.path("name").asText()
              + "/files/"
              + file.path("file").asText();
      HttpResponse<byte[]> whole = daemon.bytes(path);
      assertThat(ContentHash.of(whole.body()).hex()).isEqualTo(file.path("sha256").asText());
      assertThat(whole.headers().firstValue("ETag"))
          .contains("\"" + file.path("sha256").asText() + "\"");
      assertThat(daemon.bytes(path, "Range", "bytes=0-9").body()).hasSize(10);
      assertThat(
              daemon
                  .bytes(path, "If-None-Match", whole.headers().firstValue("ETag").orElseThrow())
                  .statusCode())
          .isEqualTo(304);
    }
  }

  @Test
  void seedsAreStreamedUntilTheyAreSealed() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        Daemon daemon = serve(endpoint)) {
      String streamed = JOB.replace("{ \"file\": \"seeds.txt\" }", "{ \"stream\": true }");
      String job = daemon.post("/v1/jobs", streamed).headers().firstValue("Location").orElseThrow();
      HttpResponse<String> first =
          daemon.post(job + "/seeds", "{\"text\": \"a red cat\"}\n\n{\"text\": \"\"}\n");
      assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
      assertThat(JSON.readTree(first.body()).path("accepted").asInt()).isEqualTo(1);
      assertThat(JSON.readTree(first.body()).path("refused").asInt()).isEqualTo(1);
      HttpResponse<String> broken =
          daemon.post(job + "/seeds", "{\"text\": \"a blue dog\"}\n{\"text\":\n");
      assertProblem(broken, 422, "line 2");
      String many = "{\"text\": \"a horse\"}\n".repeat(1_000);
      assertThat(daemon.post(job + "/seeds", many).body()).contains("\"accepted\":1002");
      assertThat(daemon.post(job + "/seal", "").statusCode()).isEqualTo(202);
      assertThat(daemon.post(job + "/seal", "").statusCode()).isEqualTo(202);
      assertProblem(daemon.post(job + "/seeds", "{\"text\": \"late\"}"), 409, "");
      daemon.await(job, "completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(1_002);
      assertProblem(daemon.post("/v1/jobs/none/seeds", "{}"), 404, "there is no job none");
    }
  }

  @Test
  void aJobFileIsSubmittedWithTheSeedFilesBesideIt() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        Daemon daemon = serve(endpoint)) {
      String server = daemon.url().toString();
      AlicornProcess.Ended submitted =
          AlicornProcess.run(folder, "submit", "job.conf", "--json", "--server", server);
      assertThat(submitted.exitCode()).as(submitted.output()).isZero();
      String id = JSON.readTree(submitted.output()).path("id").asText();
      daemon.await("/v1/jobs/" + id, "completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(SEEDS);
      assertThat(AlicornProcess.run(folder, "jobs", "--server", server).output())
          .contains(id)
          .contains("completed")
          .contains(SEEDS + "/" + SEEDS);
    }
  }

  @Test
  void itGoesOnWithItsJobsAfterAKillAndAfterSigterm() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(100)).start()) {
      String job;
      try (Daemon daemon = serve(endpoint)) {
        job = daemon.post("/v1/jobs", JOB).headers().firstValue("Location").orElseThrow();
        CaptionJob.await(daemon.process(), () -> endpoint.ledger().requests() > 5);
        daemon.process().kill();
      }
      try (Daemon daemon = serve(endpoint)) {
        CaptionJob.await(daemon.process(), () -> endpoint.ledger().requests() > 25);
        daemon.process().terminate();
        AlicornProcess.Ended end = daemon.process().end();
        assertThat(end.exitCode()).as(end.output()).isZero();
      }
      try (Daemon daemon = serve(endpoint)) {
        daemon.await(job, "completed");
      }
      assertThat(endpoint.ledger().calls()).as("each caption").hasSize(SEEDS);
      assertThat(endpoint.ledger().requests())
          .as("repeated are at most the calls in flight at the kill and their group commit")
          .isLessThanOrEqualTo(SEEDS + 64);
    }
  }

  @Test
  void aCancelledJobStaysSo() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(100)).start()) {
      String running;
      String paused;
      try (Daemon daemon = serve(endpoint)) {
        running = daemon.post("/v1/jobs", JOB).headers().firstValue("Location").orElseThrow();
        paused = daemon.post("/v1/jobs", JOB).headers().firstValue("Location").orElseThrow();
        daemon.post(paused + "/pause", "");
        daemon.await(paused, "paused");
        assertThat(daemon.post(paused + "/cancel", "").statusCode()).isEqualTo(200);
        assertThat(daemon.post(running + "/cancel", "").statusCode()).isEqualTo(200);
        daemon.await(running, "cancelled");
        daemon.await(paused, "cancelled");
      }
      try (Daemon daemon = serve(endpoint)) {
        daemon.await(running, "cancelled");
        daemon.await(paused, "cancelled");
        assertThat(daemon.post(paused + "/resume", "").statusCode()).isEqualTo(409);
      }
    }
  }

  @Test
  void whatCannotBeIsAProblem() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        Daemon daemon = serve(endpoint)) {
      assertProblem(daemon.get("/v1/jobs/none"), 404, "there is no job none");
      assertProblem(daemon.get("/v1/elsewhere"), 404, "nothing at that path");
      assertProblem(daemon.get("/v1/jobs?state=tired"), 400, "name one of");
      assertProblem(daemon.post("/v1/jobs", "{"), 422, "JSON");
      assertProblem(daemon.post("/v1/jobs", "{\"seed\": 1}"), 422, "did you mean seeds?");
      assertProblem(
          daemon.post("/v1/jobs", JOB.replace("seeds.txt", "../seeds.txt")), 422, "seed_roots");
      assertProblem(daemon.post("/v1/jobs", JOB, "Content-Type", "text/plain"), 415, "json");
      assertProblem(daemon.post("/v1/jobs", " ".repeat(2 << 20)), 413, "");
      HttpResponse<String> deleted =
          http.send(
              HttpRequest.newBuilder(daemon.url().resolve("/v1/jobs")).DELETE().build(),
              BodyHandlers.ofString());
      assertProblem(deleted, 405, "use");
      assertThat(deleted.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
      assertProblem(
          daemon.get("/v1/jobs", "Origin", "http://elsewhere.example"), 403, "elsewhere.example");

      AlicornProcess.Ended second = AlicornProcess.run(folder, "serve", "--data", "data");
      assertThat(second.exitCode()).isEqualTo(3);
      assertThat(second.output()).contains("works in the data folder");
    }
  }

  private static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .as(response.body())
        .contains("application/problem+json");
    assertThat(response.body()).contains(detail);
  }

  private Daemon serve(ScriptedEndpoint endpoint) throws Exception {
    new CaptionJob(folder, SEEDS).write(endpoint, "max_in_flight = 4");
    Files.writeString(
        folder.resolve("alicorn.conf"),
        Files.readString(folder.resolve("alicorn.conf"))
            + "gateway { port = 0, seed_roots = [\".\"] }\n");
    AlicornProcess process = AlicornProcess.start(folder, "serve", "--data", "data");
    CaptionJob.await(process, () -> LISTENING.matcher(process.output()).find());
    Matcher listening = LISTENING.matcher(process.output());
    assertThat(listening.find()).isTrue();
    return new Daemon(process, URI.create(listening.group(1)), http);
  }

  /// A daemon that listens.
  private record Daemon(AlicornProcess process, URI url, HttpClient http) implements AutoCloseable {

    HttpResponse<String> get(String path, String... headers) throws Exception {
      return http.send(request(path, headers).GET().build(), BodyHandlers.ofString());
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

    private HttpRequest.Builder request(String path, String... headers) {
      HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path));
      return headers.length == 0 ? request : request.headers(headers);
    }

    /// Waits until a job is in a state.
    void await(String job, String state) throws Exception {
      CaptionJob.await(
          process, () -> JSON.readTree(get(job).body()).path("state").asText().equals(state));
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
