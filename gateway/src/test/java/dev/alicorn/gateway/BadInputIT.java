package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users can get wrong: one sentence that says what, where and how to mend it, the exit code
/// of the manual, and nothing left behind.
class BadInputIT {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeGoodInput() throws IOException {
    Files.writeString(folder.resolve("seeds.txt"), "a cat on a mat\n");
    job("seeds = [ { file = seeds.txt } ]");
  }

  @Test
  void aJobFileThatIsMissing() throws Exception {
    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "missing.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("missing.conf").doesNotContain("\tat ");
    assertNothingIsLeft();
  }

  @Test
  void aKeyThatNobodyKnows() throws Exception {
    job("seeds = [ { file = seeds.txt } ]\ncaptoin { temperature = 1 }");

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("captoin", "caption", "job.conf:3");
    assertNothingIsLeft();
  }

  @Test
  void aFormatOfVectorsWithoutAnEncoder() throws Exception {
    Files.writeString(
        folder.resolve("job.conf"), "dataset.formats = [npy]\n", StandardOpenOption.APPEND);

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("dataset.formats", "npy", "encoder");
    assertNothingIsLeft();
  }

  @Test
  void aSeedFileThatIsMissing() throws Exception {
    job("seeds = [ { file = nowhere.txt } ]");

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("seeds[0]", "nowhere.txt");
    assertNothingIsLeft();
  }

  @Test
  void anEndpointThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    deployment("http://127.0.0.1:" + port + "/v1", "");

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
    assertThat(end.output())
        .contains("endpoint scripted", "endpoints.scripted.url")
        .doesNotContain("\tat ");
  }

  @Test
  void aWrongKeyIsNamedAndNeverShown() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().askingForKey("right").start()) {
      deployment(endpoint.url().toString(), "key = canary-8c1f");

      AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

      assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
      assertThat(end.output()).contains("endpoints.scripted.key").doesNotContain("canary-8c1f");
    }
  }

  @Test
  void anOutFolderThatExists() throws Exception {
    Files.createDirectories(folder.resolve("taken"));

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf", "--out", "taken");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("taken", "--out");
  }

  @Test
  void brokenSeedRowsAreCountedAndTheOthersTaken() throws Exception {
    Files.writeString(
        folder.resolve("seeds.jsonl"),
        "{\"caption\": \"a cat on a mat\"}\nnonsense\n{\"other\": 1}\n");
    job("seeds = [ { file = seeds.jsonl, field = caption } ]");
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      deployment(endpoint.url().toString(), "");

      AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

      assertThat(end.exitCode()).as(end.output()).isEqualTo(1);
      assertThat(end.output()).contains("1 captions", "2 seed rows");
    }
  }

  @Test
  void aChangedJobNamesTheKeysThatDiffer() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      deployment(endpoint.url().toString(), "");
      job("seeds = [ { file = seeds.txt } ]\nbudget { calls = 0 }");
      assertThat(AlicornProcess.run(folder, "run", "job.conf").exitCode()).isEqualTo(1);
      job("seeds = [ { file = seeds.txt } ]\nrandom_seed = 2");

      AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

      assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
      assertThat(end.output()).contains("random_seed", "--new");
    }
  }

  private void job(String lines) throws IOException {
    Files.writeString(
        folder.resolve("job.conf"),
        "name = wrong\n"
            + lines
            + "\ncaption.endpoint = scripted\ninstruct.tasks {}\nembed.encoder = none\ndataset.formats = [parquet]\n");
  }

  private void deployment(String url, String more) throws IOException {
    Files.writeString(
        folder.resolve("alicorn.conf"),
        "endpoints { scripted { kind = openai, url = \"%s\", model = scripted\n%s } }\njournal.reserve = 64MiB\n"
            .formatted(url, more));
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> jobs = Files.walk(folder)) {
      assertThat(jobs.filter(path -> path.endsWith("jobs"))).isEmpty();
    }
  }
}
