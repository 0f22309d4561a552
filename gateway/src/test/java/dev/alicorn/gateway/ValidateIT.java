package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.replay.SyntheticJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `alicorn validate` as its users have it.
class ValidateIT {
  private static final int RECORDS = 100;
  private static final String FORMATS = "trainer,parquet,jsonl,webdataset,safetensors,npy";

  @TempDir private Path folder = Path.of("");

  private AlicornProcess.Ended alicorn(int exitCode, String... arguments) throws Exception {
    AlicornProcess.Ended end = AlicornProcess.run(folder, arguments);
    assertThat(end.exitCode()).as(end.output()).isEqualTo(exitCode);
    assertThat(end.output()).doesNotContain("\tat ");
    return end;
  }

  @Test
  void whatAReplayWroteIsCleanUntilItIsChanged() throws Exception {
    SyntheticJournal.write(folder.resolve("journal"), RECORDS, 8);
    alicorn(0, "replay", "journal", "--formats", FORMATS, "--out", "made");

    assertThat(alicorn(0, "validate", "made").output())
        .containsPattern(
            "0 findings in \\d+ rows and "
                + RECORDS
                + " embeddings \\(trainer, parquet, jsonl, webdataset, safetensors, npy\\)");

    Path set = folder.resolve("made/jsonl/pretrain.jsonl");
    Files.writeString(set, Files.readString(set).replaceFirst("<image>", "<photo>"));
    JsonNode told = new ObjectMapper().readTree(alicorn(1, "validate", "made", "--json").output());
    assertThat(told.get("findings_total").asInt()).isEqualTo(3);
    assertThat(told.at("/findings").findValuesAsText("check"))
        .containsExactly("wrong_digest", "texts_differ", "image_missing");
    assertThat(told.at("/findings/1/file").asText()).isEqualTo("jsonl/pretrain.jsonl");
    assertThat(told.at("/findings/1/row").asInt()).isEqualTo(1);
    assertThat(told.at("/formats").findValuesAsText("name")).containsExactly(FORMATS.split(","));
  }

  @Test
  void whatIsNoDatasetIsRefused() throws Exception {
    Files.createDirectory(folder.resolve("empty"));
    assertThat(alicorn(2, "validate", "empty").output())
        .contains("has neither a manifest nor a file of a dataset's format");
    assertThat(alicorn(2, "validate", "nowhere").output()).contains("nowhere is no folder");
  }
}
