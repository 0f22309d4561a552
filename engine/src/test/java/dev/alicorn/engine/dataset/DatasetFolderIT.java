package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.transfer.TestVectors;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  private Map<String, ContentHash> digests(Path folder) throws IOException {
    Map<String, ContentHash> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(folder.relativize(file).toString(), ContentHash.of(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  private List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void manifestListsEveryFileWithLengthAndDigest() throws Exception {
    Path folder = temp.resolve("out/toy");
    ContentHash hash = SyntheticDataset.small().write(folder);
    Map<String, ContentHash> found = digests(folder);
    assertThat(found.remove("manifest.json")).isEqualTo(hash);
    JsonNode manifest = JSON.readTree(folder.resolve("manifest.json").toFile());
    Map<String, ContentHash> listed = new TreeMap<>();
    List<String> order = new ArrayList<>();
    for (JsonNode file : manifest.get("files")) {
      String path = file.get("path").asText();
      order.add(path);
      listed.put(path, new ContentHash(file.get("sha256").asText()));
      assertThat(file.get("length").asLong()).isEqualTo(Files.size(folder.resolve(path)));
    }
    assertThat(listed).isEqualTo(found);
    assertThat(order).isSorted();
    assertThat(found)
        .containsOnlyKeys(
            "README.md",
            "data/instruct-00000-of-00002.parquet",
            "data/instruct-00001-of-00002.parquet",
            "data/pretrain-00000-of-00003.parquet",
            "data/pretrain-00001-of-00003.parquet",
            "data/pretrain-00002-of-00003.parquet",
            "trainer/embeddings/embeddings-00000-of-00003.pkl",
            "trainer/embeddings/embeddings-00001-of-00003.pkl",
            "trainer/embeddings/embeddings-00002-of-00003.pkl",
            "trainer/instruct.json",
            "trainer/pretrain.json",
            "transfer.safetensors");
    assertThat(manifest.at("/job/journal_seq").asLong()).isEqualTo(4711);
    assertThat(manifest.at("/recipe/random_seed").asLong()).isEqualTo(1);
    assertThat(manifest.at("/encoder/image_tower").asBoolean()).isTrue();
    assertThat(manifest.at("/transfer/method").asText()).isEqualTo("mean-shift");
    assertThat(manifest.at("/outcomes/captions/rejected(too_short)").asLong()).isEqualTo(3);
    assertThat(manifest.at("/rows/instruct").asLong()).isEqualTo(5);
  }

  @Test
  void sameRowsAreTheSameBytesUnderAnotherNameLocaleAndUser() throws Exception {
    SyntheticDataset.small().writeInAllFormats(temp.resolve("one"));
    Locale locale = Locale.getDefault();
    String user = System.getProperty("user.name");
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    System.setProperty("user.name", "somebody");
    try {
      SyntheticDataset.small().writeInAllFormats(temp.resolve("two"));
    } finally {
      Locale.setDefault(locale);
      System.setProperty("user.name", user);
    }
    assertThat(digests(temp.resolve("two"))).isEqualTo(digests(temp.resolve("one")));
  }

  @Test
  void trainerJsonIsAnAsciiArrayOfTheRows() throws Exception {
    SyntheticDataset dataset = SyntheticDataset.small();
    dataset.write(temp.resolve("toy"));
    Path file = temp.resolve("toy/trainer/pretrain.json");
    assertThat(Files.readString(file, StandardCharsets.US_ASCII))
        .contains("caf\\u00E9 \\uD83D\\uDEA4");
    JsonNode rows = JSON.readTree(file.toFile());
    assertThat(rows.isArray()).isTrue();
    assertThat(rows).hasSize(11);
    CaptionRow expected = dataset.captionRow(1);
    JsonNode row = rows.get(0);
    assertThat(row.get("id")).isEqualTo(JSON.getNodeFactory().textNode("1"));
    assertThat(row.get("caption").asText()).isEqualTo(expected.caption());
    assertThat(row.at("/conversations/0/from").asText()).isEqualTo("human");
    assertThat(row.at("/conversations/0/value").asText())
        .isEqualTo(expected.turns().getFirst().value());
    assertThat(row.at("/conversations/1/from").asText()).isEqualTo("gpt");
    assertThat(row.at("/conversations/1/value").asText()).isEqualTo(expected.caption());
    assertThat(Files.readAllLines(file)).hasSize(13);
    assertThat(JSON.readTree(temp.resolve("toy/trainer/instruct.json").toFile())).hasSize(5);
  }

  @Test
  void transferFileHoldsTheMeanInFloat64() throws Exception {
    SyntheticDataset dataset = SyntheticDataset.small();
    dataset.write(temp.resolve("toy"));
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(temp.resolve("toy/transfer.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(file.getLong())];
    assertThat((header.length + 8) % 8).isZero();
    file.get(header);
    JsonNode json = JSON.readTree(header);
    assertThat(json.at("/__metadata__/method").asText()).isEqualTo("mean-shift");
    assertThat(json.at("/__metadata__/normalise").asText()).isEqualTo("true");
    assertThat(json.at("/mu_text/dtype").asText()).isEqualTo("F64");
    assertThat(json.at("/mu_text/data_offsets/1").asInt()).isEqualTo(48);
    double[] mean = new double[6];
    file.asDoubleBuffer().get(mean);
    assertThat(mean).isEqualTo(statistic(dataset, "mu_text"));
    assertThat(file.remaining()).isEqualTo(48);
  }

  private static double[] statistic(SyntheticDataset dataset, String name) {
    return Objects.requireNonNull(
            dataset.facts().vectors().orElseThrow().transfer().statistics().get(name))
        .values();
  }

  @Test
  void reAlignTellsWhatItWasFittedTo() throws Exception {
    Transfer transfer = Transfer.reAlign(TestVectors.anchor(6), 2);
    SyntheticDataset dataset = new SyntheticDataset(1, 11, 6, Precision.FLOAT32, transfer, true, 4);
    dataset.write(temp.resolve("toy"));
    JsonNode manifest = JSON.readTree(temp.resolve("toy/manifest.json").toFile()).get("transfer");
    assertThat(manifest.get("method").asText()).isEqualTo("re-align");
    assertThat(manifest.get("normalised").asBoolean()).isTrue();
    assertThat(manifest.get("centroid_iterations").asInt()).isEqualTo(2);
    assertThat(manifest.get("anchor_sha256").asText()).isEqualTo(ContentHash.of("images").hex());
    assertThat(manifest.get("anchor_rows").asLong()).isEqualTo(100);
    assertThat(manifest.get("trace_image").asDouble())
        .isEqualTo(transfer.anchor().orElseThrow().trace());
    assertThat(manifest.get("scale").asDouble()).isEqualTo(statistic(dataset, "scale")[0]);
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(temp.resolve("toy/transfer.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(file.getLong())];
    file.get(header);
    JsonNode json = JSON.readTree(header);
    assertThat(json.at("/__metadata__/anchor_sha256").asText())
        .isEqualTo(ContentHash.of("images").hex());
    assertThat(json.at("/mu_hat/shape").toString()).isEqualTo("[2,6]");
    assertThat(json.at("/mu_text/shape").toString()).isEqualTo("[6]");
    assertThat(json.at("/scale/shape").toString()).isEqualTo("[1]");
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "__metadata__", "mu_hat", "mu_image", "mu_text", "scale", "trace_image", "trace_text");
    assertThat(Files.readString(temp.resolve("toy/README.md")))
        .contains("those of 100 image embeddings", "takes the embedding of an image as it is");
  }

  @Test
  void c3TellsItsNoise() throws Exception {
    new SyntheticDataset(1, 11, 6, Precision.FLOAT32, Transfer.c3(0.5), true, 4)
        .write(temp.resolve("toy"));
    JsonNode manifest = JSON.readTree(temp.resolve("toy/manifest.json").toFile()).get("transfer");
    assertThat(manifest.get("noise_ratio").asDouble()).isEqualTo(0.5);
    assertThat(manifest.get("random_seed").asLong()).isEqualTo(1);
    assertThat(Files.readString(temp.resolve("toy/README.md")))
        .contains("noise of a relative length of 0.5 was added");
  }

  @Test
  void withoutVectorsAndSamplesThereIsNoFileForThem() throws Exception {
    new SyntheticDataset(
            1, 1, 0, Precision.FLOAT32, new Transfer(Transfer.Method.MEAN_SHIFT, true), true, 4)
        .write(temp.resolve("toy"));
    assertThat(digests(temp.resolve("toy")))
        .containsOnlyKeys(
            "README.md",
            "data/pretrain-00000-of-00001.parquet",
            "manifest.json",
            "trainer/pretrain.json");
    assertThat(JSON.readTree(temp.resolve("toy/manifest.json").toFile()).get("encoder").isNull())
        .isTrue();
  }

  @Test
  void datasetWithoutRowsIsComplete() throws Exception {
    new SyntheticDataset(
            1, 0, 4, Precision.FLOAT16, new Transfer(Transfer.Method.NONE, true), true, 4)
        .write(temp.resolve("toy"));
    assertThat(JSON.readTree(temp.resolve("toy/trainer/pretrain.json").toFile())).isEmpty();
  }

  @Test
  void existingTargetIsRefusedAndNotTouched() throws Exception {
    Path target = Files.createDirectory(temp.resolve("toy"));
    assertThatThrownBy(() -> SyntheticDataset.small().write(target))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            target + " is there already; remove it or choose another folder for the dataset");
    assertThat(namesIn(temp)).containsExactly("toy");
    assertThat(namesIn(target)).isEmpty();
  }

  @Test
  void abandonedFolderLeavesNothing() throws Exception {
    SyntheticDataset dataset = SyntheticDataset.small();
    try (DatasetFolder folder = dataset.open(temp.resolve("toy"))) {
      folder.add(List.of(dataset.captionRow(1)));
    }
    assertThat(namesIn(temp)).isEmpty();
  }

  @Test
  void missingRowIsABugAndLeavesNothing() throws Exception {
    SyntheticDataset dataset = SyntheticDataset.small();
    try (DatasetFolder folder = dataset.open(temp.resolve("toy"))) {
      folder.add(List.of(dataset.captionRow(1)));
      assertThatThrownBy(folder::finish).isInstanceOf(IllegalStateException.class);
    }
    assertThat(namesIn(temp)).isEmpty();
  }

  @Test
  void rowsOutOfOrderOrOfAnotherShapeAreBugs() throws Exception {
    SyntheticDataset dataset = SyntheticDataset.small();
    try (DatasetFolder folder = dataset.open(temp.resolve("toy"))) {
      folder.add(List.of(dataset.captionRow(2)));
      assertThatThrownBy(() -> folder.add(List.of(dataset.captionRow(2))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("record 2 comes after record 2");
      CaptionRow row = dataset.captionRow(3);
      assertThatThrownBy(() ->
              folder.add(
                  List.of(
                      new CaptionRow(row.id(), row.caption(), Optional.empty(), row.lineage()))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("record 3 has a vector of 0 dimensions, not 6");
    }
  }

  @Test
  void twoWritersOfOneTargetDoNotHarmEachOther() throws Exception {
    SyntheticDataset dataset = SyntheticDataset.small();
    Path target = temp.resolve("toy");
    try (DatasetFolder first = dataset.open(target)) {
      dataset.addRows(first);
      try (DatasetFolder second = dataset.open(target)) {
        dataset.addRows(second);
        first.finish();
        assertThatThrownBy(second::finish).isInstanceOf(DatasetException.class);
      }
    }
    assertThat(namesIn(temp)).containsExactly("toy");
  }
}
