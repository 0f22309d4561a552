package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.replay.SyntheticJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `alicorn report` as its users have it.
class ReportIT {
  private static final int RECORDS = 200;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeDataset() throws Exception {
    SyntheticJournal.write(folder.resolve("journal"), RECORDS, 8);
    alicorn(0, "replay", "journal", "--out", "shifted");
  }

  private AlicornProcess.Ended alicorn(int exitCode, String... arguments) throws Exception {
    AlicornProcess.Ended end = AlicornProcess.run(folder, arguments);
    assertThat(end.exitCode()).as(end.output()).isEqualTo(exitCode);
    assertThat(end.output()).doesNotContain("\tat ");
    return end;
  }

  private JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  /// The report lies in the dataset's folder, which stays a valid one.
  @Test
  void verdictsAreTold() throws Exception {
    AlicornProcess.Ended end = alicorn(0, "report", "shifted");

    assertThat(end.output())
        .containsPattern("captions +look +Captions: 200 ")
        .containsPattern("instructions +(good|look|stop) ")
        .containsPattern("embeddings +(good|look|stop) ")
        .containsPattern("composition +(good|look|stop) ")
        .contains("shifted/report.html");
    assertThat(Files.readString(folder.resolve("shifted/report.html"))).contains("</html>");
    assertThat(json("shifted/report.json").at("/dataset/figures/captions/caption_count").asInt())
        .isEqualTo(RECORDS);
    alicorn(0, "validate", "shifted");
  }

  @Test
  void twoDatasetsAreSetSideBySide() throws Exception {
    alicorn(0, "replay", "journal", "--transfer", "none", "--out", "raw");
    alicorn(0, "anchor", "raw/data/pretrain-00000-of-00001.parquet", "--out", "images.safetensors");

    alicorn(0, "report", "shifted", "raw", "--anchor", "images.safetensors", "--out", "compared");

    JsonNode report = json("compared/report.json");
    assertThat(report.at("/dataset/figures/embeddings/rank_before").asDouble())
        .isCloseTo(report.at("/other/figures/embeddings/rank_before").asDouble(), within(0.01));
    // The captions stand for images here.
    assertThat(report.at("/other/figures/embeddings/gap").asDouble()).isLessThan(1e-3);
    assertThat(report.at("/dataset/figures/embeddings/gap_before").asDouble()).isLessThan(1e-3);
    assertThat(folder.resolve("shifted/report.html")).doesNotExist();
  }

  @Test
  void whatIsNoDatasetIsRefused() throws Exception {
    Files.createDirectory(folder.resolve("empty"));

    assertThat(alicorn(2, "report", "empty").output()).contains("empty", "holds no dataset");
    assertThat(alicorn(2, "report", "nowhere").output()).contains("nowhere is no folder");
    assertThat(alicorn(2, "report", "shifted", "nowhere").output())
        .contains("nowhere is no folder");
    Files.writeString(folder.resolve("anchor.txt"), "no anchor");
    assertThat(alicorn(2, "report", "shifted", "--anchor", "anchor.txt").output())
        .contains("anchor.txt");
    assertThat(folder.resolve("empty")).isEmptyDirectory();
  }
}
