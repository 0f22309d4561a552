package dev.alicorn.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.engine.dataset.HeldFolder;
import dev.alicorn.engine.dataset.SyntheticDataset;
import dev.alicorn.engine.format.PickleBytes;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fault of each kind is planted in a good dataset, and nothing but it is found.
class ValidatorIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Transfer SHIFT = new Transfer(Transfer.Method.MEAN_SHIFT, true);
  private static final String INSTRUCT = "trainer/instruct.json";
  private static final String PRETRAIN = "trainer/pretrain.json";
  private static final String SHARD = "trainer/embeddings/embeddings-00001-of-00003.pkl";

  private static Path good = Path.of("");

  @TempDir Path temp;
  private Path folder = Path.of("");
  private Validation last = new Validation(List.of(), 0, Map.of(), List.of());

  @BeforeAll
  static void writeGoodDataset(@TempDir Path shared) throws Exception {
    good = shared.resolve("toy");
    SyntheticDataset.small().write(good);
  }

  @BeforeEach
  void copyGoodDataset() throws IOException {
    folder = temp.resolve("toy");
    copyGoodDatasetTo(folder);
  }

  private static void copyGoodDatasetTo(Path target) throws IOException {
    try (Stream<Path> tree = Files.walk(good)) {
      for (Path path : tree.toList()) {
        Files.copy(path, target.resolve(good.relativize(path).toString()));
      }
    }
  }

  private List<Finding> validate() throws IOException, NoDatasetException {
    List<Finding> findings = new ArrayList<>();
    last = Validator.validate(folder, findings::add);
    assertThat(last.findings()).isEqualTo(findings.size());
    return findings;
  }

  private void assertOnly(Check check, String file, long row, String id)
      throws IOException, NoDatasetException {
    assertThat(validate())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.check()).isEqualTo(check);
          assertThat(finding.file()).isEqualTo(file);
          assertThat(finding.row()).isEqualTo(row);
          assertThat(finding.id()).isEqualTo(id);
          assertThat(finding.message()).isNotBlank();
        });
  }

  /// Without the manifest, whose digests would notice any change.
  private void dropManifest() throws IOException {
    Files.delete(folder.resolve("manifest.json"));
  }

  /// Without what trainers' files are compared with.
  private void keepTrainerAlone() throws IOException {
    dropManifest();
    HeldFolder.remove(folder.resolve("data"));
  }

  private void plantInSet(String file, Consumer<ArrayNode> fault) throws IOException {
    keepTrainerAlone();
    ArrayNode rows = (ArrayNode) JSON.readTree(folder.resolve(file).toFile());
    fault.accept(rows);
    JSON.writeValue(folder.resolve(file).toFile(), rows);
    String text = Files.readString(folder.resolve(file));
    StringBuilder ascii = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (c < 128) {
            ascii.append((char) c);
          } else {
            ascii.append("\\u%04x".formatted(c));
          }
        });
    Files.writeString(folder.resolve(file), ascii, StandardCharsets.US_ASCII);
  }

  private static ObjectNode turn(ArrayNode rows, int row, int turn) {
    return (ObjectNode) rows.get(row).get("conversations").get(turn);
  }

  private void plantPickle(PickleBytes pickle) throws IOException {
    dropManifest();
    Files.write(folder.resolve("trainer/embeddings/planted.pkl"), pickle.bytes());
  }

  @Test
  void goodDatasetIsClean() throws Exception {
    assertThat(validate()).isEmpty();
    assertThat(last)
        .isEqualTo(
            new Validation(
                List.of(new FormatSeen("trainer", 11, 5, 11), new FormatSeen("parquet", 11, 5, 11)),
                0,
                Map.of(),
                List.of()));
    assertThat(last.rows()).isEqualTo(16);
    assertThat(last.embeddings()).isEqualTo(11);
    dropManifest();
    assertThat(validate()).isEmpty();
  }

  @Test
  void goodFloat16DatasetOfManyRowsIsClean() throws Exception {
    folder = temp.resolve("half");
    new SyntheticDataset(2, 3000, 32, Precision.FLOAT16, SHIFT, true, 1000).write(folder);
    assertThat(validate()).isEmpty();
    assertThat(last.clean()).isTrue();
    assertThat(last.embeddings()).isEqualTo(3000);
  }

  @Test
  void unnormalisedDatasetIsCleanAsItsManifestSaysSo() throws Exception {
    folder = temp.resolve("raw");
    new SyntheticDataset(2, 50, 8, Precision.FLOAT32, new Transfer(SHIFT.method(), false), true, 20)
        .write(folder);
    assertThat(validate()).isEmpty();
  }

  @Test
  void whatIsTheSameInSeveralFormatsIsFoundOnce() throws Exception {
    folder = temp.resolve("raw");
    new SyntheticDataset(2, 50, 8, Precision.FLOAT32, new Transfer(SHIFT.method(), false), true, 50)
        .writeInAllFormats(folder);
    ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("manifest.json").toFile());
    ((ObjectNode) manifest.get("transfer")).put("normalised", true);
    JSON.writeValue(folder.resolve("manifest.json").toFile(), manifest);
    assertOnly(Check.NOT_NORMALISED, "trainer/embeddings/embeddings-00000-of-00001.pkl", 1, "1");
  }

  @Test
  void encoderWithoutImageTowerIsAWarning() throws Exception {
    folder = temp.resolve("trial");
    new SyntheticDataset(2, 4, 8, Precision.FLOAT32, SHIFT, false, 20).write(folder);
    assertThat(validate()).isEmpty();
    assertThat(last.warnings()).singleElement().asString().contains("no image tower");
  }

  @Test
  void datasetWithoutVectorsIsCleanWithAWarning() throws Exception {
    folder = temp.resolve("text");
    new SyntheticDataset(2, 4, 0, Precision.FLOAT32, SHIFT, true, 20).write(folder);
    assertThat(validate()).isEmpty();
    assertThat(last.warnings()).anySatisfy(w -> assertThat(w).contains("without an encoder"));
  }

  @Test
  void everyFormatIsRead() throws Exception {
    folder = temp.resolve("all");
    SyntheticDataset.small().writeInAllFormats(folder);
    assertThat(validate()).isEmpty();
    assertThat(last.warnings()).isEmpty();
    assertThat(last.formats())
        .containsExactly(
            new FormatSeen("trainer", 11, 5, 11),
            new FormatSeen("parquet", 11, 5, 11),
            new FormatSeen("jsonl", 11, 5, 0),
            new FormatSeen("webdataset", 11, 5, 11),
            new FormatSeen("safetensors", 11, 0, 11),
            new FormatSeen("npy", 11, 0, 11));
  }

  // The folder and its manifest.

  @Test
  void folderThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Validator.validate(temp.resolve("nowhere"), _ -> {}))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void emptyFolder() throws Exception {
    folder = Files.createDirectory(temp.resolve("empty"));
    assertThatThrownBy(this::validate)
        .isInstanceOf(NoDatasetException.class)
        .hasMessageContaining("neither a manifest nor a file");
  }

  @Test
  void brokenManifest() throws Exception {
    Files.writeString(folder.resolve("manifest.json"), "{\"files\": [");
    assertOnly(Check.MALFORMED_MANIFEST, "manifest.json", 0, "");
  }

  @Test
  void manifestThatLeadsOut() throws Exception {
    ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("manifest.json").toFile());
    ((ArrayNode) manifest.get("files"))
        .addObject()
        .put("path", "../secret")
        .put("length", 1)
        .put("sha256", "00");
    JSON.writeValue(folder.resolve("manifest.json").toFile(), manifest);
    assertOnly(Check.MALFORMED_MANIFEST, "manifest.json", 0, "");
  }

  @Test
  void missingFile() throws Exception {
    Files.delete(folder.resolve("README.md"));
    assertOnly(Check.MISSING_FILE, "README.md", 0, "");
  }

  @Test
  void extraFile() throws Exception {
    Files.writeString(folder.resolve("trainer/notes.txt"), "x");
    Files.writeString(folder.resolve("report.html"), "made later");
    Files.writeString(folder.resolve(".gitattributes"), "hidden");
    assertOnly(Check.EXTRA_FILE, "trainer/notes.txt", 0, "");
  }

  @Test
  void changedLength() throws Exception {
    Files.writeString(folder.resolve("README.md"), "short");
    assertOnly(Check.WRONG_LENGTH, "README.md", 0, "");
  }

  @Test
  void changedByte() throws Exception {
    byte[] card = Files.readAllBytes(folder.resolve("README.md"));
    card[40] ^= 1;
    Files.write(folder.resolve("README.md"), card);
    assertOnly(Check.WRONG_DIGEST, "README.md", 0, "");
  }

  @Test
  void rowsThatTheManifestDoesNotCount() throws Exception {
    ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("manifest.json").toFile());
    ((ObjectNode) manifest.get("rows")).put("instruct", 6);
    JSON.writeValue(folder.resolve("manifest.json").toFile(), manifest);
    assertThat(validate())
        .extracting(Finding::check, Finding::file)
        .containsExactly(
            tuple(Check.WRONG_COUNTS, "manifest.json"),
            tuple(Check.WRONG_COUNTS, "manifest.json"),
            tuple(Check.WRONG_ROW_COUNT, INSTRUCT),
            tuple(Check.WRONG_ROW_COUNT, "data/instruct-00000-of-00002.parquet"));
  }

  @Test
  void cutParquet() throws Exception {
    dropManifest();
    Path file = folder.resolve("data/pretrain-00001-of-00003.parquet");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertOnly(Check.DAMAGED_PARQUET, "data/pretrain-00001-of-00003.parquet", 0, "");
  }

  // The JSON of a set.

  @Test
  void brokenJson() throws Exception {
    dropManifest();
    String text = Files.readString(folder.resolve(INSTRUCT));
    int thirdRow = text.indexOf("{\"id\":\"6\"");
    Files.writeString(folder.resolve(INSTRUCT), text.substring(0, thirdRow + 20));
    assertOnly(Check.MALFORMED_JSON, INSTRUCT, 3, "");
  }

  @Test
  void textAfterTheArray() throws Exception {
    dropManifest();
    String text = Files.readString(folder.resolve(INSTRUCT));
    Files.writeString(folder.resolve(INSTRUCT), text + "{}");
    assertOnly(Check.MALFORMED_JSON, INSTRUCT, 5, "");
  }

  @Test
  void linesInsteadOfAnArray() throws Exception {
    dropManifest();
    Files.writeString(folder.resolve(INSTRUCT), "{\"id\":\"2\"}\n{\"id\":\"4\"}\n");
    assertOnly(Check.NOT_AN_ARRAY, INSTRUCT, 0, "");
  }

  @Test
  void jsonBeyondAscii() throws Exception {
    dropManifest();
    String text = Files.readString(folder.resolve(INSTRUCT));
    int third = text.indexOf("\"id\":\"6\"");
    int place = text.indexOf("\\u00E9", third);
    Files.writeString(
        folder.resolve(INSTRUCT), text.substring(0, place) + "\u00e9" + text.substring(place + 6));
    assertOnly(Check.NOT_ASCII, INSTRUCT, 3, "6");
  }

  @Test
  void rowWithoutConversations() throws Exception {
    plantInSet(INSTRUCT, rows -> ((ObjectNode) rows.get(1)).remove("conversations"));
    assertOnly(Check.MALFORMED_ROW, INSTRUCT, 2, "4");
  }

  @Test
  void turnWithoutValue() throws Exception {
    plantInSet(INSTRUCT, rows -> turn(rows, 1, 1).putNull("value"));
    assertOnly(Check.MALFORMED_ROW, INSTRUCT, 2, "4");
  }

  @Test
  void idZeroEmptyOrNumber() throws Exception {
    plantInSet(INSTRUCT, rows -> ((ObjectNode) rows.get(1)).put("id", "0"));
    assertOnly(Check.BAD_ID, INSTRUCT, 2, "0");
    copyAgain();
    plantInSet(INSTRUCT, rows -> ((ObjectNode) rows.get(1)).put("id", ""));
    assertOnly(Check.BAD_ID, INSTRUCT, 2, "");
    copyAgain();
    plantInSet(INSTRUCT, rows -> ((ObjectNode) rows.get(1)).put("id", 4));
    assertOnly(Check.BAD_ID, INSTRUCT, 2, "4");
  }

  private void copyAgain() throws IOException {
    Path next = temp.resolve(folder.getFileName() + "+");
    copyGoodDatasetTo(next);
    folder = next;
  }

  @Test
  void duplicateId() throws Exception {
    plantInSet(PRETRAIN, rows -> ((ObjectNode) rows.get(4)).put("id", "2"));
    assertOnly(Check.DUPLICATE_ID, PRETRAIN, 5, "2");
  }

  @Test
  void idWithoutEmbedding() throws Exception {
    plantInSet(INSTRUCT, rows -> ((ObjectNode) rows.get(2)).put("id", "77"));
    assertOnly(Check.NO_EMBEDDING, INSTRUCT, 3, "77");
  }

  @Test
  void faultOfAConversationNamesItsRecord() throws Exception {
    plantInSet(INSTRUCT, rows -> ((ArrayNode) rows.get(3).get("conversations")).remove(3));
    assertOnly(Check.LAST_TURN_HUMAN, INSTRUCT, 4, "8");
  }

  @Test
  void pretrainRowOfThreeTurns() throws Exception {
    plantInSet(
        PRETRAIN,
        rows -> {
          ArrayNode turns = (ArrayNode) rows.get(0).get("conversations");
          turns.addObject().put("from", "human").put("value", "And?");
        });
    assertOnly(Check.NOT_TWO_TURNS, PRETRAIN, 1, "1");
  }

  // Pickled embeddings.

  @Test
  void unsafePickle() throws Exception {
    plantPickle(
        new PickleBytes().op(']').global("os", "system").text("true").op(0x85, 'R', 'a', '.'));
    assertOnly(Check.UNSAFE_PICKLE, "trainer/embeddings/planted.pkl", 0, "");
  }

  @Test
  void cutPickle() throws Exception {
    dropManifest();
    byte[] bytes = Files.readAllBytes(folder.resolve(SHARD));
    Files.write(folder.resolve(SHARD), Arrays.copyOf(bytes, bytes.length - 30));
    assertOnly(Check.DAMAGED_PICKLE, SHARD, 0, "");
    assertThat(last.warnings()).anySatisfy(w -> assertThat(w).contains("not matched"));
  }

  @Test
  void embeddingThatIsAList() throws Exception {
    plantPickle(new PickleBytes().op(']').record("50").op(']', 'K', 1, 'a', 'u', 'a', '.'));
    assertOnly(Check.MALFORMED_EMBEDDING, "trainer/embeddings/planted.pkl", 1, "50");
  }

  @Test
  void embeddingOfAnIdThatHasOne() throws Exception {
    plantPickle(
        new PickleBytes().op(']').record("3").array("<f4", 1, 0, 0, 0, 0, 0).op('u', 'a', '.'));
    assertOnly(Check.DUPLICATE_ID, "trainer/embeddings/planted.pkl", 1, "3");
  }

  @Test
  void embeddingWithoutId() throws Exception {
    plantPickle(
        new PickleBytes().op(']').record("0").array("<f4", 1, 0, 0, 0, 0, 0).op('u', 'a', '.'));
    assertOnly(Check.BAD_ID, "trainer/embeddings/planted.pkl", 1, "");
  }

  @Test
  void bigEndianNumbers() throws Exception {
    plantPickle(
        new PickleBytes().op(']').record("50").array(">f4", 1, 0, 0, 0, 0, 0).op('u', 'a', '.'));
    assertOnly(Check.WRONG_NUMBER_TYPE, "trainer/embeddings/planted.pkl", 1, "50");
  }

  @Test
  void otherDimension() throws Exception {
    plantPickle(
        new PickleBytes().op(']').record("50").array("<f4", 1, 0, 0, 0, 0).op('u', 'a', '.'));
    assertOnly(Check.WRONG_DIMENSION, "trainer/embeddings/planted.pkl", 1, "50");
  }

  @Test
  void shapeThatTheBytesDoNotHave() throws Exception {
    plantPickle(
        new PickleBytes()
            .op(']')
            .record("50")
            .arrayOfShape("<f4", 7, 1, 0, 0, 0, 0, 0)
            .op('u', 'a', '.'));
    assertOnly(Check.WRONG_DIMENSION, "trainer/embeddings/planted.pkl", 1, "50");
  }

  @Test
  void nanAndInfinity() throws Exception {
    plantPickle(
        new PickleBytes()
            .op(']', '(')
            .record("50")
            .array("<f4", 1, 0, 0, 0, 0, 0)
            .op('u')
            .record("51")
            .array("<f4", 1, Float.NaN, 0, 0, 0, 0)
            .op('u', 'e', '.'));
    assertOnly(Check.NOT_FINITE, "trainer/embeddings/planted.pkl", 2, "51");
  }

  @Test
  void vectorThatIsNotNormalisedAsTheOthersAre() throws Exception {
    plantPickle(
        new PickleBytes()
            .op(']', '(')
            .record("50")
            .array("<f4", 0.6f, 0.8f, 0, 0, 0, 0)
            .op('u')
            .record("51")
            .array("<f4", 6, 8, 0, 0, 0, 0)
            .op('u', 'e', '.'));
    assertOnly(Check.NOT_NORMALISED, "trainer/embeddings/planted.pkl", 2, "51");
  }

  @Test
  void shardThatIsNormalisedAsTheOthersAreNot() throws Exception {
    Path raw = temp.resolve("raw");
    new SyntheticDataset(2, 60, 6, Precision.FLOAT32, new Transfer(SHIFT.method(), false), true, 20)
        .write(raw);
    Path unit = temp.resolve("unit");
    new SyntheticDataset(2, 60, 6, Precision.FLOAT32, SHIFT, true, 20).write(unit);
    folder = raw;
    keepTrainerAlone();
    Files.copy(unit.resolve(SHARD), raw.resolve(SHARD), StandardCopyOption.REPLACE_EXISTING);
    assertOnly(Check.NOT_NORMALISED, SHARD, 0, "");
  }

  @Test
  void shardThatIsNotShiftedAsTheOthersAre() throws Exception {
    folder = temp.resolve("shifted");
    new SyntheticDataset(2, 3000, 6, Precision.FLOAT32, SHIFT, true, 1000).write(folder);
    Path plain = temp.resolve("plain");
    new SyntheticDataset(
            2, 3000, 6, Precision.FLOAT32, new Transfer(Transfer.Method.NONE, true), true, 1000)
        .write(plain);
    keepTrainerAlone();
    Files.copy(plain.resolve(SHARD), folder.resolve(SHARD), StandardCopyOption.REPLACE_EXISTING);
    assertOnly(Check.SHIFTED_DIFFERENTLY, SHARD, 0, "");
  }

  @Test
  void embeddingsOfNoRowAreAWarning() throws Exception {
    plantPickle(
        new PickleBytes().op(']').record("50").array("<f4", 1, 0, 0, 0, 0, 0).op('u', 'a', '.'));
    assertThat(validate()).isEmpty();
    assertThat(last.warnings()).containsExactly("1 of 12 embeddings of trainer belong to no row");
  }
}
