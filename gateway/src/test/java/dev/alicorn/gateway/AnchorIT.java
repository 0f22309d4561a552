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

/// `alicorn anchor` as its users have it, from embeddings to a dataset that is aligned with them.
class AnchorIT {
  private static final int RECORDS = 200;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeJournal() throws Exception {
    SyntheticJournal.write(folder.resolve("journal"), RECORDS, 8);
  }

  private AlicornProcess.Ended alicorn(int exitCode, String... arguments) throws Exception {
    AlicornProcess.Ended end = AlicornProcess.run(folder, arguments);
    assertThat(end.exitCode()).as(end.output()).isEqualTo(exitCode);
    assertThat(end.output()).doesNotContain("\tat ");
    return end;
  }

  /// The captions stand for images here: their own vectors, as a dataset has them.
  @Test
  void captionsAreAlignedWithTheEmbeddingsOfAFile() throws Exception {
    alicorn(0, "replay", "journal", "--transfer", "none", "--out", "images");
    alicorn(0, "replay", "journal", "--out", "shifted");
    String rows = "images/data/pretrain-00000-of-00001.parquet";

    AlicornProcess.Ended end =
        alicorn(0, "anchor", rows, "--dataset", "shifted", "--out", "images.safetensors");

    assertThat(end.output())
        .contains("images               " + RECORDS, "dimension            8")
        .containsPattern("gap to the captions  0\\.000[0-9]{3}");
    alicorn(
        0,
        "replay",
        "journal",
        "--transfer",
        "re-align",
        "--anchor",
        "images.safetensors",
        "--out",
        "aligned");
    JsonNode transfer =
        new ObjectMapper()
            .readTree(folder.resolve("aligned/manifest.json").toFile())
            .get("transfer");
    assertThat(transfer.get("method").asText()).isEqualTo("re-align");
    assertThat(transfer.get("anchor_rows").asInt()).isEqualTo(RECORDS);
    assertThat(transfer.get("scale").asDouble()).isCloseTo(1, within(1e-2));
    alicorn(0, "validate", "aligned");

    assertThat(alicorn(2, "anchor", rows, "--out", "images.safetensors").output())
        .contains("images.safetensors exists already; name another file with --out");
  }

  @Test
  void whatIsMissingIsToldOf() throws Exception {
    assertThat(alicorn(2, "replay", "journal", "--transfer", "re-align").output())
        .contains("transfer.anchor: re-align needs the statistics of image embeddings");
    assertThat(alicorn(2, "replay", "journal", "--transfer", "shift").output())
        .contains("transfer.method: \"shift\" is none of [c3, mean-shift, none, re-align]");
    Files.writeString(folder.resolve("images.csv"), "0.1,0.2\n");
    assertThat(alicorn(2, "anchor", "images.csv").output())
        .contains("images.csv: it is neither npy nor safetensors nor Parquet");
    assertThat(alicorn(2, "anchor", "nowhere.npy").output()).contains("nowhere.npy");
    assertThat(folder.resolve("anchor.safetensors")).doesNotExist();
  }
}
