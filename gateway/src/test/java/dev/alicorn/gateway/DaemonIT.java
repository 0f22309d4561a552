package dev.alicorn.gateway;

import static dev.alicorn.gateway.DaemonProcess.JOB;
import static dev.alicorn.gateway.DaemonProcess.STREAMED;
import static dev.alicorn.gateway.DaemonProcess.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon as its users have it: a process, its HTTP interface and the commands that use it.
class DaemonIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SEEDS = 60;
  @TempDir private Path folder = Path.of("");

  @Test
  void aJobIsSubmittedWatchedPausedResumedAndFetched() throws Exception {
    try (ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(50)).start();
        DaemonProcess daemon = serve(endpoint)) {
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

      CaptionJob.await(daemon.process(), () -> endpoint.ledger().completions() > 4);
      assertThat(daemon.post(job + "/pause", "").statusCode()).isEqualTo(200);
      daemon.await(job, "paused");
      long requests = endpoint.ledger().requests();
      assertThat(daemon.post(job + "/pause", "").statusCode()).isEqualTo(200);
      assertThat(daemon.get("/v1/jobs?state=paused").body()).contains("\"reason\":\"user\"");
      assertThat(endpoint.ledger().requests()).isEqualTo(requests).isLessThan(SEEDS);
      assertThat(daemon.get("/metrics").body()).contains(figuresOfTheDashboard());

      assertThat(daemon.post(job + "/resume", "").statusCode()).isEqualTo(200);
      String id = job.substring(job.lastIndexOf('/') + 1);
      AlicornProcess.Ended watched =
          AlicornProcess.run(folder, "watch", id, "--server", daemon.url().toString());
      assertThat(watched.exitCode()).as(watched.output()).isZero();
      assertThat(watched.output()).contains("job " + id + " is completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(SEEDS);

      JsonNode history = daemon.json(job + "/history");
      int moments = history.path("at_millis").size();
      assertThat(moments).isPositive();
      assertThat(history.path("series")).allSatisfy(of -> assertThat(of).hasSize(moments));
      assertThat(history.at("/series/captions").path(moments - 1).asLong()).isEqualTo(SEEDS);

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
      assertProblem(daemon.get(path, "Range", "bytes=" + whole.body().length + "-"), 416, "bytes");
      assertThat(
              daemon
                  .bytes(path, "If-None-Match", whole.headers().firstValue("ETag").orElseThrow())
                  .statusCode())
          .isEqualTo(304);
    }
  }

  @Test
  void aKeyWhoseJobWasNeverBegunBeginsIt() throws Exception {
    Path left = folder.resolve("data/jobs/trams-left");
    Files.createDirectories(left.resolve("journal/0001"));
    Files.writeString(left.resolve("idempotency-key"), ContentHash.of("one").hex());
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon = serve(endpoint)) {
      String job = daemon.submit(JOB, "Idempotency-Key", "one");
      assertThat(daemon.submit(JOB, "Idempotency-Key", "one")).isEqualTo(job);
      daemon.await(job, "completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(SEEDS);
    }
  }

  @Test
  void seedsAreStreamedUntilTheyAreSealed() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon = serve(endpoint)) {
      String job = daemon.submit(STREAMED);
      HttpResponse<String> first =
          daemon.post(job + "/seeds", "{\"text\": \"a red cat\"}\n\n{\"text\": \"\"}\n");
      assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
      assertThat(JSON.readTree(first.body()).path("accepted").asInt()).isEqualTo(1);
      assertThat(JSON.readTree(first.body()).path("refused").asInt()).isEqualTo(1);
      HttpResponse<String> broken =
          daemon.post(job + "/seeds", "{\"text\": \"a blue dog\"}\n{\"text\":\n");
      assertProblem(broken, 422, "line 2");
      String named = "{\"text\": \"a grey owl\", \"id\": \"owl\"}\n";
      assertThat(daemon.post(job + "/seeds", named + named).body())
          .contains("\"accepted\":3")
          .contains("\"repeated\":1");
      String tooLong = "{\"text\": \"" + "x".repeat(1 << 20) + "\"}\n";
      assertProblem(
          daemon.post(job + "/seeds", "{\"text\": \"a hen\"}\n" + tooLong), 422, "line 2");
      String many = "{\"text\": \"a horse\"}\n".repeat(1_000);
      assertThat(daemon.post(job + "/seeds", many).body()).contains("\"accepted\":1004");
      assertThat(daemon.post(job + "/seal", "").statusCode()).isEqualTo(202);
      assertThat(daemon.post(job + "/seal", "").statusCode()).isEqualTo(202);
      assertProblem(daemon.post(job + "/seeds", "{\"text\": \"late\"}"), 409, "");
      daemon.await(job, "completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(1_004);
      assertProblem(daemon.post("/v1/jobs/none/seeds", "{}"), 404, "there is no job none");
    }
  }

  @Test
  void aJobFileIsSubmittedWithTheSeedFilesBesideIt() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon = serve(endpoint)) {
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
      try (DaemonProcess daemon = serve(endpoint)) {
        job = daemon.post("/v1/jobs", JOB).headers().firstValue("Location").orElseThrow();
        CaptionJob.await(daemon.process(), () -> endpoint.ledger().requests() > 5);
        daemon.process().kill();
      }
      try (DaemonProcess daemon = serve(endpoint)) {
        CaptionJob.await(daemon.process(), () -> endpoint.ledger().requests() > 25);
        daemon.process().terminate();
        AlicornProcess.Ended end = daemon.process().end();
        assertThat(end.exitCode()).as(end.output()).isZero();
      }
      try (DaemonProcess daemon = serve(endpoint)) {
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
      try (DaemonProcess daemon = serve(endpoint)) {
        running = daemon.post("/v1/jobs", JOB).headers().firstValue("Location").orElseThrow();
        paused = daemon.post("/v1/jobs", JOB).headers().firstValue("Location").orElseThrow();
        daemon.post(paused + "/pause", "");
        daemon.await(paused, "paused");
        assertThat(daemon.post(paused + "/cancel", "").statusCode()).isEqualTo(200);
        assertThat(daemon.post(running + "/cancel", "").statusCode()).isEqualTo(200);
        daemon.await(running, "cancelled");
        daemon.await(paused, "cancelled");
      }
      try (DaemonProcess daemon = serve(endpoint)) {
        daemon.await(running, "cancelled");
        daemon.await(paused, "cancelled");
        assertThat(daemon.post(paused + "/resume", "").statusCode()).isEqualTo(409);
      }
    }
  }

  @Test
  void anotherDatasetIsMadeAndItsRowsAreLookedAt() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      String job;
      try (DaemonProcess daemon = serve(endpoint)) {
        job = daemon.submit(JOB);
        daemon.await(job, "completed");
        JsonNode rows = daemon.json(job + "/records?stage=caption&outcome=accepted&limit=3");
        assertThat(rows.path("newest").asBoolean()).isTrue();
        assertThat(rows.path("records")).hasSize(3);
        assertThat(rows.at("/records/0/seed").asText()).contains("yellow tram");
        assertThat(rows.at("/records/0/caption").asText()).isNotBlank();
        assertProblem(daemon.get(job + "/records?outcome=good"), 400, "accepted");
      }
      try (DaemonProcess daemon = serve(endpoint)) {
        assertThat(daemon.json(job).at("/progress/captions_accepted").asInt()).isEqualTo(SEEDS);
        assertThat(daemon.json(job).at("/spent/calls").asInt()).isEqualTo(SEEDS);
        assertThat(daemon.json(job + "/records").path("newest").asBoolean()).isFalse();
        assertThat(daemon.json(job + "/records").path("records")).hasSize(20);
        HttpResponse<String> asked =
            daemon.post(
                job + "/replays", "{\"recipe\": {\"dataset\": {\"formats\": [\"trainer\"]}}}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        daemon.await(asked.headers().firstValue("Location").orElseThrow(), "completed");
        assertProblem(daemon.post(job + "/replays", "{\"name\": \"replay-1\"}"), 409, "replay-1");
        assertProblem(daemon.post(job + "/replays", "{\"name\": \"../up\"}"), 422, "name");
        assertProblem(
            daemon.post(job + "/replays", "{\"recipe\": {\"dataset\": {\"formats\": [\"npy\"]}}}"),
            422,
            "no encoder");
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new ByteArrayInputStream(daemon.bytes(job + "/datasets/replay-1/tar").body()))) {
          for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            entries.add(entry.getName());
          }
        }
        assertThat(entries)
            .contains("replay-1/manifest.json", "replay-1/trainer/pretrain.json")
            .noneMatch(name -> name.endsWith(".parquet"));
        assertThat(daemon.get("/v1/endpoints").body()).contains("\"name\":\"scripted\"");
        assertThat(daemon.get("/metrics").body())
            .contains("alicorn_jobs{state=\"completed\"} 1")
            .contains("alicorn_endpoint_up{endpoint=\"scripted\"}");
        assertThat(daemon.get("/readyz").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatCannotBeIsAProblem() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon = serve(endpoint)) {
      assertProblem(daemon.get("/v1/jobs/none"), 404, "there is no job none");
      assertProblem(daemon.get("/v1/elsewhere"), 404, "nothing at that path");
      assertProblem(daemon.get("/v1/jobs?state=tired"), 400, "name one of");
      assertProblem(daemon.post("/v1/jobs", "{"), 422, "JSON");
      assertProblem(daemon.post("/v1/jobs", "{\"seed\": 1}"), 422, "did you mean seeds?");
      assertProblem(
          daemon.post("/v1/jobs", JOB.replace("seeds.txt", "../seeds.txt")), 422, "seed_roots");
      assertProblem(
          daemon.post(
              "/v1/jobs",
              JOB.replace("\"embed\"", "\"dataset\": { \"formats\": [\"tfrecord\"] }, \"embed\"")),
          422,
          "tfrecord");
      assertProblem(daemon.post("/v1/jobs", JOB, "Content-Type", "text/plain"), 415, "json");
      assertProblem(daemon.post("/v1/jobs", " ".repeat(2 << 20)), 413, "");
      HttpResponse<String> deleted = daemon.send("DELETE", "/v1/jobs");
      assertProblem(deleted, 405, "use");
      assertThat(deleted.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
      assertThat(daemon.send("HEAD", "/v1/jobs").statusCode()).isEqualTo(200);
      assertThat(daemon.send("OPTIONS", "/v1/jobs").statusCode()).isEqualTo(204);
      assertProblem(daemon.get("/v1/jobs", "Accept", "text/html"), 406, "application/json");
      assertProblem(
          daemon.get("/v1/jobs", "Origin", "http://elsewhere.example"), 403, "elsewhere.example");

      AlicornProcess.Ended second = AlicornProcess.run(folder, "serve", "--data", "data");
      assertThat(second.exitCode()).isEqualTo(3);
      assertThat(second.output()).contains("works in the data folder");
    }
  }

  /// The names of our figures that `docs/grafana.json` draws.
  private static List<String> figuresOfTheDashboard() throws IOException {
    return Pattern.compile("\\balicorn_\\w+")
        .matcher(Files.readString(Path.of("../docs/grafana.json")))
        .results()
        .map(MatchResult::group)
        .distinct()
        .toList();
  }

  private DaemonProcess serve(ScriptedEndpoint endpoint) throws Exception {
    return DaemonProcess.serve(folder, SEEDS, endpoint);
  }
}
