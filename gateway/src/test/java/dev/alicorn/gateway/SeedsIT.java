package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `alicorn seeds` as its users have it.
class SeedsIT {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeSeeds() throws IOException {
    Files.writeString(
        folder.resolve("coco.json"),
        """
        {"images": [{"id": 1}, {"id": 2}], "annotations": [
          {"image_id": 1, "caption": "A dog."},
          {"image_id": 1, "caption": "A brown dog runs over the grass."},
          {"image_id": 2, "caption": "A \\u001b[31mred boat on a lake."}]}
        """);
    Files.writeString(
        folder.resolve("web.tsv"), "caption\turl\na cat on a mat\tx\nIMG_1234.JPG of it\tx\n\tx\n");
    job(
        "{ file = coco.json, group_by = image_id }, { file = web.tsv, field = caption, filter = web }");
  }

  @Test
  void tellsPeopleWhatTheSourcesGive() throws Exception {
    AlicornProcess.Ended end = AlicornProcess.run(folder, "seeds", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(1);
    assertThat(end.output())
        .containsPattern("coco.json +3 +2 +0 +1\n")
        .containsPattern("web.tsv +3 +1 +1 +1\n")
        .containsPattern("total +6 +3 +1 +2\n")
        .contains("1  of a group with a richer caption", "1  boilerplate", "1  the seed is empty")
        .contains("3 of 3 seeds", "A brown dog runs over the grass.", "red boat")
        .doesNotContain("\u001b[31m");
    assertNothingIsWritten();
  }

  @Test
  void tellsPrograms() throws Exception {
    job("{ file = coco.json, group_by = image_id }");

    AlicornProcess.Ended end =
        AlicornProcess.run(folder, "seeds", "job.conf", "--json", "--sample", "1");

    assertThat(end.exitCode()).as(end.output()).isZero();
    JsonNode report = new ObjectMapper().readTree(end.output());
    assertThat(report.path("seeds").asInt()).isEqualTo(2);
    assertThat(report.at("/sources/0/rows").asInt()).isEqualTo(3);
    assertThat(report.at("/sources/0/left_out/of a group with a richer caption").asInt()).isOne();
    assertThat(report.path("sample")).hasSize(1);
    assertThat(report.at("/sample/0/row").asText()).isEqualTo("2");
  }

  @Test
  void saysWhichFieldsThereAre() throws Exception {
    job("{ file = web.tsv }");

    AlicornProcess.Ended end = AlicornProcess.run(folder, "seeds", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output())
        .contains("seeds[0].field", "web.tsv", "[caption, url]")
        .doesNotContain("\tat ");
  }

  /// Files of the one who submits, and files of the daemon's own.
  @Test
  void aDaemonGetsWhatTheSourcesGive() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon = DaemonProcess.serve(folder, 1, endpoint)) {
      Files.writeString(
          folder.resolve("local.conf"),
          Files.readString(folder.resolve("job.conf"))
              + "name = local\nseeds = [ { file = coco.json, group_by = image_id }, { file = web.tsv, field = caption, filter = web } ]\n");
      AlicornProcess.Ended submitted =
          AlicornProcess.run(
              folder, "submit", "local.conf", "--json", "--server", daemon.url().toString());
      assertThat(submitted.exitCode()).as(submitted.output()).isZero();
      assertThat(submitted.output()).contains("1 rows are no seeds");
      String id = submitted.output().replaceFirst("(?s).*\"id\":\"([^\"]+)\".*", "$1");
      daemon.await("/v1/jobs/" + id, "completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(3);

      String own =
          DaemonProcess.JOB.replace(
              "\"seeds.txt\"", "\"coco.json\", \"group_by\": \"image_id\", \"limit\": 1");
      HttpResponse<String> created = daemon.post("/v1/jobs", own);
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      daemon.await(created.headers().firstValue("Location").orElseThrow(), "completed");
      assertThat(endpoint.ledger().requests()).isEqualTo(4);
      assertThat(daemon.post("/v1/jobs", own.replace("coco.json", "../coco.json")).body())
          .contains("seed_roots");
    }
  }

  private void job(String sources) throws IOException {
    Files.writeString(folder.resolve("job.conf"), "seeds = [ " + sources + " ]\n");
  }

  private void assertNothingIsWritten() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("output-"))
          .containsExactlyInAnyOrder("coco.json", "web.tsv", "job.conf");
    }
  }
}
