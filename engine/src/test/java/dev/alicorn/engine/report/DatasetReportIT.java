package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.dataset.SyntheticDataset;
import dev.alicorn.engine.transfer.TestVectors;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetReportIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 300;

  @TempDir Path temp;
  private Path dataset = Path.of("");

  @BeforeEach
  void writeDataset() throws Exception {
    dataset = temp.resolve("toy");
    written(Precision.FLOAT32, new Transfer(Transfer.Method.MEAN_SHIFT, true), dataset);
  }

  private static void written(Precision precision, Transfer transfer, Path folder)
      throws Exception {
    new SyntheticDataset(5, ROWS, 24, precision, transfer, true, 100).writeInAllFormats(folder);
  }

  private static List<DatasetReport.Found> report(Path dataset, Optional<Path> other, Path out)
      throws Exception {
    return DatasetReport.write(dataset, other, Optional.empty(), out, (_, _, _) -> {});
  }

  private JsonNode figures(Path folder) throws Exception {
    Path out = temp.resolve("report of " + folder.getFileName());
    report(folder, Optional.empty(), out);
    return JSON.readTree(out.resolve(DatasetReport.JSON).toFile()).at("/dataset/figures");
  }

  @Test
  void sameFolderGivesTheSameBytes() throws Exception {
    report(dataset, Optional.empty(), temp.resolve("1"));
    report(dataset, Optional.empty(), temp.resolve("2"));
    for (String file : List.of(DatasetReport.PAGE, DatasetReport.JSON)) {
      assertThat(temp.resolve("1").resolve(file))
          .hasSameBinaryContentAs(temp.resolve("2").resolve(file));
    }
    assertThat(temp.resolve("1")).isDirectoryNotContaining("glob:**/.*");
  }

  /// A report that lies in the folder changes nothing of the next one.
  @Test
  void folderKeepsItsReport() throws Exception {
    report(dataset, Optional.empty(), dataset);
    byte[] first = Files.readAllBytes(dataset.resolve(DatasetReport.JSON));
    List<DatasetReport.Found> found = report(dataset, Optional.empty(), dataset);
    assertThat(Files.readAllBytes(dataset.resolve(DatasetReport.JSON))).isEqualTo(first);
    assertThat(found.getFirst().verdicts()).hasSize(4);
  }

  /// The lineage is in Parquet alone; all else is the same in every format.
  @Test
  void everyFormatHasTheSameFigures() throws Exception {
    JsonNode all = figures(dataset);
    assertThat(all.at("/captions/faithfulness").isNumber()).isTrue();
    for (List<String> kept :
        List.of(List.of("trainer"), List.of("jsonl", "npy"), List.of("webdataset"))) {
      Path alone = temp.resolve(String.join("-", kept));
      copy(dataset, alone, kept);
      JsonNode figures = figures(alone);
      for (Measure measure : Measure.all()) {
        String path = "/" + measure.group().key() + "/" + measure.key();
        if (!figures.at(path).isNull()) {
          assertThat(figures.at(path)).as("%s of %s", path, kept).isEqualTo(all.at(path));
        }
      }
      assertThat(figures.at("/captions/faithfulness").isNull()).isTrue();
      assertThat(figures.at("/embeddings/omega").isNumber()).isTrue();
      assertThat(figures.at("/instructions/leakage").isNumber()).isTrue();
    }
  }

  private static void copy(Path from, Path to, List<String> kept) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (relative.getNameCount() == 1 || kept.contains(relative.getName(0).toString())) {
          Path target = to.resolve(relative);
          Files.createDirectories(target.resolveSibling("."));
          Files.copy(file, target);
        }
      }
    }
  }

  /// Whatever the vectors were moved by, what they were before is the same.
  @ParameterizedTest
  @EnumSource(Precision.class)
  void embeddingsBeforeDoNotDependOnTheMethod(Precision precision) throws Exception {
    double[] ranks = new double[3];
    List<Transfer> transfers =
        List.of(
            new Transfer(Transfer.Method.NONE, true),
            new Transfer(Transfer.Method.MEAN_SHIFT, false),
            Transfer.reAlign(TestVectors.anchor(24), 1));
    for (int i = 0; i < ranks.length; i++) {
      Path folder = temp.resolve("method-" + i);
      written(precision, transfers.get(i), folder);
      ranks[i] = figures(folder).at("/embeddings/rank_before").asDouble();
    }
    double rank = figures(dataset).at("/embeddings/rank_before").asDouble();
    assertThat(ranks).containsExactly(new double[] {rank, rank, rank}, within(0.01));
  }

  @Test
  void noiseHidesWhatWasBefore() throws Exception {
    Path folder = temp.resolve("c3");
    written(Precision.FLOAT32, Transfer.c3(1), folder);
    report(folder, Optional.empty(), folder);
    JsonNode json = JSON.readTree(folder.resolve(DatasetReport.JSON).toFile()).get("dataset");
    assertThat(json.at("/figures/embeddings/rank_before").isNull()).isTrue();
    assertThat(json.at("/absent/rank_before").asText()).contains("noise");
  }

  @Test
  void pageIsWellFormedAndLoadsNothing() throws Exception {
    Path other = temp.resolve("other");
    written(Precision.FLOAT32, new Transfer(Transfer.Method.NONE, true), other);
    report(dataset, Optional.of(other), temp.resolve("both"));
    String page = Files.readString(temp.resolve("both").resolve(DatasetReport.PAGE));
    assertThat(page).doesNotContain("<script", "http:", "https:", "url(", " style=", "@import");
    String xml = page.replaceFirst("<!doctype html>", "").replaceAll("<(meta [^>]*)>", "<$1/>");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    JsonNode json = JSON.readTree(temp.resolve("both").resolve(DatasetReport.JSON).toFile());
    assertThat(json.get("other").get("figures")).isNotEmpty();
    assertThat(json.get("differences"))
        .anySatisfy(
            difference -> assertThat(difference.get("figure").asText()).isEqualTo("mean_length"));
  }

  @Test
  void brokenRowsAreCountedAndLeftOut() throws Exception {
    Path alone = temp.resolve("jsonl");
    copy(dataset, alone, List.of("jsonl"));
    Path file = alone.resolve("jsonl/pretrain.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(7, "{\"id\": \"8\", \"conver");
    Files.write(file, lines);
    JsonNode figures = figures(alone);
    assertThat(figures.at("/captions/caption_count").asInt()).isEqualTo(ROWS - 1);
    assertThat(figures.at("/composition/unreadable").asInt()).isEqualTo(1);
  }

  @Test
  void folderWithoutDatasetIsRefused() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThatThrownBy(() -> report(empty, Optional.empty(), empty))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("holds no dataset");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void textAloneHasNoVectors() throws Exception {
    Path folder = temp.resolve("text");
    new SyntheticDataset(
            5, 40, 0, Precision.FLOAT32, new Transfer(Transfer.Method.NONE, true), true, 100)
        .writeInAllFormats(folder);
    Verdict embeddings =
        report(folder, Optional.empty(), folder).getFirst().verdicts().stream()
            .filter(verdict -> verdict.group() == Group.EMBEDDINGS)
            .findFirst()
            .orElseThrow();
    assertThat(embeddings.level()).isEqualTo(Level.LOOK);
    assertThat(embeddings.reason()).contains("no vectors");
  }
}
