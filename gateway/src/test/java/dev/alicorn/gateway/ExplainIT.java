package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `alicorn explain` as its users have it.
class ExplainIT {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeJob() throws IOException {
    Files.writeString(folder.resolve("seeds.txt"), "a cat on a mat\na dog in a park\n");
    Files.writeString(
        folder.resolve("job.conf"),
        """
        name = told
        seeds = [ { file = seeds.txt } ]
        caption.endpoint = scripted
        instruct { endpoint = scripted, tasks { question_answering = 2 } }
        embed.encoder = none
        dataset.formats = [parquet]
        """);
  }

  @Test
  void tellsARowToPeopleAndToPrograms() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.mix("fence=1", 1)).start()) {
      run(endpoint);
    }

    AlicornProcess.Ended text = explain("2");
    assertThat(text.exitCode()).as(text.output()).isZero();
    assertThat(text.output())
        .contains("a dog in a park", "seeds.txt, row 2", "matches the journaled call key")
        .contains("mended", "accepted, repaired", "lines, which --full shows");
    assertThat(text.output().lines()).allSatisfy(line -> assertThat(line).hasSizeBetween(0, 100));
    assertThat(explain("2", "--full").output())
        .hasSizeGreaterThan(text.output().length())
        .doesNotContain("--full");

    AlicornProcess.Ended json = explain("2", "--json");
    assertThat(json.exitCode()).as(json.output()).isZero();
    JsonNode told = new ObjectMapper().readTree(json.output());
    assertThat(told.at("/seed/text").textValue()).isEqualTo("a dog in a park");
    assertThat(told.at("/caption/outcome").textValue()).isEqualTo("exported");
    assertThat(told.at("/sample/outcome").textValue()).isEqualTo("exported");
    assertThat(told.at("/stages/0/calls/0/key_matches").booleanValue()).isTrue();
    assertThat(told.at("/stages/0/calls/0/request/messages/0/content").textValue())
        .contains("a dog in a park");
    assertThat(told.at("/stages/1/verdict/rung").textValue()).isEqualTo("repaired");
    assertThat(told.at("/stages/1/verdict/pairs")).hasSize(6);
  }

  @Test
  void refusesWhatItCannotFindInASentence() throws Exception {
    assertRefused(explain("1"), "holds no job", "--data");
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      run(endpoint);
      assertRefused(explain("3"), "has no record 3");
      assertRefused(explain("first"), "first", "JOB_ID/NUMBER");
      assertRefused(explain("other/1"), "there is no job other");
      run(endpoint);
    }
    List<String> jobs = jobs();

    AlicornProcess.Ended several = explain("1");
    assertRefused(several, "several jobs", "--job", jobs.get(0), jobs.get(1));
    assertThat(explain(jobs.get(0) + "/1").output()).contains("of job " + jobs.get(0));
    assertThat(explain("1", "--job", jobs.get(1)).output()).contains("of job " + jobs.get(1));
  }

  @Test
  void tellsWhatIsSoundOfADamagedJournalAndSaysSo() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      run(endpoint);
    }
    damageTheLastReply();

    AlicornProcess.Ended end = explain("1");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(4);
    assertThat(end.output()).contains("a cat on a mat", "--until");
  }

  private static void assertRefused(AlicornProcess.Ended end, String... said) {
    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output().lines()).hasSize(1);
    assertThat(end.output()).contains(said);
  }

  private AlicornProcess.Ended explain(String row, String... more) throws Exception {
    return AlicornProcess.run(
        folder, Stream.concat(Stream.of("explain", row), Stream.of(more)).toArray(String[]::new));
  }

  private void run(ScriptedEndpoint endpoint) throws Exception {
    Files.writeString(
        folder.resolve("alicorn.conf"),
        "endpoints { scripted { kind = openai, url = \"%s\", model = scripted } }\njournal.reserve = 64MiB\n"
            .formatted(endpoint.url()));
    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf", "--new");
    assertThat(end.exitCode()).as(end.output()).isZero();
  }

  private List<String> jobs() throws IOException {
    try (Stream<Path> jobs = Files.list(folder.resolve("alicorn-data/jobs"))) {
      return jobs.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void damageTheLastReply() throws IOException {
    Path file;
    try (Stream<Path> files = Files.walk(folder.resolve("alicorn-data"))) {
      file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("chatcmpl");
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
