package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user is told of a job's cost before it, and what reuse spares it.
class PlanIT {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeJob() throws IOException {
    Files.write(
        folder.resolve("seeds.txt"),
        Stream.iterate(1, i -> i + 1).limit(40).map(i -> "a red kite number " + i).toList());
    Files.writeString(
        folder.resolve("job.conf"),
        """
        name = planned
        seeds = [ { file = seeds.txt } ]
        caption { endpoint = scripted, prompt = "Describe it. {{seed}}" }
        instruct { endpoint = scripted, tasks { question_answering = 4 } }
        embed.encoder = none
        dataset.formats = [parquet]
        budget { calls = 43 }
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unicorn-mini.conf", "own-endpoint/job.conf", "own-task/job.conf"})
  void everyExampleHasAPlan(String example) throws Exception {
    copy(Path.of("../docs/examples"), folder.resolve("examples"));
    Path job = folder.resolve("examples").resolve(example);

    AlicornProcess.Ended end =
        AlicornProcess.run(job.resolveSibling(""), "run", job.toString(), "--dry-run");

    assertThat(end.exitCode()).as(end.output()).isZero();
    assertThat(end.output()).contains("no call is made and nothing is written");
  }

  @Test
  void aDryRunNeedsNoEndpointAndLeavesNothing() throws Exception {
    deployment("http://127.0.0.1:1/v1", "requests_per_minute = 22");

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf", "--dry-run");

    assertThat(end.exitCode()).as(end.output()).isZero();
    assertThat(end.output().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "40 seeds of seeds.txt",
            // 40 * (3 of the prompt + 8 of the template + 5 of the seed)
            "caption 40 640 6,200 0.002544 USD",
            "endpoint scripted: 44 calls, at least 2m 00s at its limits a minute",
            "budget.calls = 43 does not cover it: the job will pause there");
    assertThat(folder.resolve("alicorn-data")).doesNotExist();
  }

  @Test
  void theQuickStartIsPlannedWithoutItsModel() throws Exception {
    AlicornProcess.Ended end =
        AlicornProcess.run(folder, "run", "--dry-run", "--models", "no-models");

    assertThat(end.exitCode()).as(end.output()).isZero();
    assertThat(end.output()).contains("16 seeds of builtin:quick-start", "22", "unknown");
    assertThat(folder.resolve("no-models")).doesNotExist();
  }

  @Test
  void whatAnotherJobPaidForIsForeseenThenTakenThenSaid() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      deployment(endpoint.url().toString(), "");
      Files.writeString(
          folder.resolve("job.conf"), "\nbudget.calls = null\n", StandardOpenOption.APPEND);
      AlicornProcess.Ended first = AlicornProcess.run(folder, "run", "job.conf");
      assertThat(first.exitCode()).as(first.output()).isZero();
      assertThat(endpoint.ledger().requests()).isEqualTo(44);

      AlicornProcess.Ended plan =
          AlicornProcess.run(folder, "run", "job.conf", "--reuse", job(), "--dry-run");
      assertThat(plan.exitCode()).as(plan.output()).isZero();
      long tokens = endpoint.ledger().promptTokens() + endpoint.ledger().completionTokens();
      String saved = String.format(Locale.ROOT, "%,d tokens and", tokens);
      assertThat(plan.output())
          .contains("reuse: 44 of 44 calls are answered by other jobs' journals", saved);

      AlicornProcess.Ended second = AlicornProcess.run(folder, "run", "job.conf", "--reuse", job());
      assertThat(second.exitCode()).as(second.output()).isZero();
      assertThat(second.output()).contains("reuse saved 44 calls, " + saved);
      assertThat(endpoint.ledger().requests()).isEqualTo(44);
    }
  }

  @Test
  void aJobToReuseThatIsNotThereIsNamedAndNothingIsLeft() throws Exception {
    deployment("http://127.0.0.1:1/v1", "");

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf", "--reuse", "gone-abc");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("reuse: there is no job gone-abc in").doesNotContain("\tat ");
    assertThat(folder.resolve("alicorn-data")).doesNotExist();
  }

  @Test
  void damageInAJobToReuseIsToldAndNothingIsBegun() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      deployment(endpoint.url().toString(), "");
      assertThat(AlicornProcess.run(folder, "run", "job.conf").exitCode()).isEqualTo(1);
      String id = job();
      damage(folder.resolve("alicorn-data/jobs").resolve(id).resolve("journal"));

      AlicornProcess.Ended end =
          AlicornProcess.run(folder, "run", "job.conf", "--new", "--reuse", id);

      assertThat(end.exitCode()).as(end.output()).isEqualTo(4);
      assertThat(end.output()).contains("damaged", id).doesNotContain("\tat ");
      assertThat(job()).as("no other job").isEqualTo(id);
    }
  }

  /// Flips a bit of a seed's text.
  private static void damage(Path journal) throws IOException {
    try (Stream<Path> files = Files.walk(journal)) {
      for (Path path : files.filter(file -> file.toString().endsWith(".cq4")).toList()) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
          byte[] bytes = new byte[1 << 20];
          file.readFully(bytes);
          int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("a red kite number 7");
          if (at >= 0) {
            file.seek(at);
            file.write(bytes[at] ^ 1);
            return;
          }
        }
      }
    }
    throw new AssertionError("the seed is not in the journal");
  }

  @Test
  void aCapOnMoneyOfTwoCurrenciesIsRefused() throws Exception {
    Files.writeString(
        folder.resolve("alicorn.conf"),
        """
        endpoints {
          scripted { kind = openai, url = "http://127.0.0.1:1/v1", model = a, price.currency = EUR }
          other { kind = openai, url = "http://127.0.0.1:1/v1", model = b }
        }
        """);
    Files.writeString(
        folder.resolve("job.conf"),
        "\nbudget.money = 1\ninstruct.endpoint = other\n",
        StandardOpenOption.APPEND);

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf", "--dry-run");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("budget.money", "EUR and USD");
  }

  private void deployment(String url, String more) throws IOException {
    Files.writeString(
        folder.resolve("alicorn.conf"),
        """
        endpoints { scripted {
          kind = openai, url = "%s", model = scripted
          price { input_per_million = 0.1, output_per_million = 0.4 }
          %s
        } }
        journal.reserve = 64MiB
        """
            .formatted(url, more));
  }

  /// The id of the only job.
  private String job() throws IOException {
    try (Stream<Path> jobs = Files.list(folder.resolve("alicorn-data/jobs"))) {
      return jobs.findFirst().orElseThrow().getFileName().toString();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }
}
