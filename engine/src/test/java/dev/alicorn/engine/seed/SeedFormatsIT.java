package dev.alicorn.engine.seed;

import static dev.alicorn.engine.seed.SeedFiles.MADE;
import static dev.alicorn.engine.seed.SeedFiles.as;
import static dev.alicorn.engine.seed.SeedFiles.file;
import static dev.alicorn.engine.seed.SeedFiles.grouped;
import static dev.alicorn.engine.seed.SeedFiles.texts;
import static dev.alicorn.engine.seed.SeedFiles.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.SeedSource.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedFormatsIT {
  private static final List<String> CAPTIONS =
      List.of(
          "a dog",
          "a brown dog runs over wet grass",
          "a sign that says \"stop, now\"",
          "a red sign",
          "caf\u00e9 tables\non a pavement",
          "a boat without an image",
          "two zebras drink at a river, side by side");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"captions.parquet", "captions-v2.parquet", "captions.jsonl.gz"})
  void readsWhatPyarrowWrote(String name) throws IOException {
    assertThat(texts(MADE, file(name, "caption"))).isEqualTo(CAPTIONS);
  }

  @Test
  void readsAllFramesOfAZstandardFile() throws IOException {
    assertThat(texts(MADE, file("captions.jsonl.zst", "caption"))).isEqualTo(CAPTIONS);
  }

  @Test
  void takesGroupsFromColumns() throws IOException {
    List<String> kept =
        List.of(
            "2 a brown dog runs over wet grass",
            "3 a sign that says \"stop, now\"",
            "6 caf\u00e9 tables\non a pavement");
    assertThat(told(MADE, grouped("captions.parquet", "caption", "image_id")))
        .contains("5 refused: the row has no text at \"caption\"")
        .contains("7 refused: the row has nothing at \"image_id\"")
        .contains("1 left out: of a group with a richer caption")
        .containsAll(kept);
    assertThat(told(MADE, grouped("captions-v2.parquet", "caption", "image_id")))
        .isEqualTo(told(MADE, grouped("captions.parquet", "caption", "image_id")));
    assertThat(texts(MADE, grouped("captions.csv", "caption", "image_id")))
        .hasSize(4)
        .contains("caf\u00e9 tables\non a pavement");
  }

  /// What is broken is refused with its line, and the reading goes on; what is not, is as Python's
  /// csv has it.
  @Test
  void readsUglyTablesAsPythonDoes() throws IOException {
    SeedLines lines = new SeedLines(Files.newInputStream(MADE.resolve("ugly.csv")));
    List<List<String>> read = new ArrayList<>();
    try (CsvRows rows = new CsvRows(lines, ',', true)) {
      assertThat(rows.columns()).containsExactly("id", "caption", "image");
      rows.choose(new RowFields("caption", Optional.of("image")));
      for (FileRow row = rows.next(); row != null; row = rows.next()) {
        if (row instanceof FileRow.Caption caption) {
          read.add(List.of(caption.text(), caption.group().orElseThrow()));
        }
      }
    }

    List<List<String>> wanted = new ArrayList<>();
    for (JsonNode row : new ObjectMapper().readTree(MADE.resolve("ugly.json").toFile())) {
      wanted.add(List.of(row.path(0).asText(), row.path(1).asText()));
    }
    assertThat(wanted).hasSizeGreaterThan(200);
    assertThat(read).isEqualTo(wanted);
  }

  @Test
  void goesOnBehindBrokenRowsOfATable() throws IOException {
    write(
        "a.csv",
        "\uFEFFimage , caption",
        "1,\"a cat\r\non a \"\"mat\"\"\"",
        "",
        "2,a dog, a ball",
        "3",
        "4,\"a tree",
        "5,a lake",
        "6, ");

    assertThat(told(folder, file("a.csv", "caption")))
        .containsExactly(
            "2 a cat\non a \"mat\"",
            "5 refused: the row has more or fewer columns than the header: 3, not 2",
            "6 refused: the row has more or fewer columns than the header: 1, not 2",
            "7 refused: a quote is opened and not closed",
            "8 a lake",
            "9 refused: the seed is empty");
  }

  @Test
  void readsTabs() throws IOException {
    write("a.tsv", "caption\turl", "a cat, a mat\thttp://a.example/1", "\"a\tdog\"\tx");

    assertThat(told(folder, file("a.tsv", "caption")))
        .containsExactly("2 a cat, a mat", "3 a\tdog");
  }

  @Test
  void findsTheArrayThatHasCaptions() throws IOException {
    write(
        "a.json",
        "{\"info\": {\"year\": 2014, \"list\": [{\"text\": \"x\"}]}, \"empty\": [],",
        "\"images\": [{\"id\": 7, \"file_name\": \"7.jpg\"}, {\"id\": 8}], \"numbers\": [1, [2], 3],",
        "\"data\": [{\"id\": 7, \"text\": \"a cat\"}, {\"text\": 5}, [1], {\"a\": {\"text\": \"b\"}},",
        "\"c\", null, {\"text\": \"a\\u00e9\", \"tags\": [{\"text\": \"no\"}]}], \"more\": [}");

    assertThat(told(folder, file("a.json", "text")))
        .containsExactly(
            "1 a cat",
            "2 refused: the row has no text at \"text\"",
            "3 refused: the element is no object",
            "4 refused: the row has no text at \"text\"",
            "5 refused: the element is no object",
            "6 refused: the element is no object",
            "7 a\u00e9");
  }

  @Test
  void readsArrays() throws IOException {
    write("objects.json", "[{\"t\": \"a cat\"}, 5, {\"t\": \"a dog\"}]");
    write("texts.json", "[\"a cat\", {\"t\": \"b\"}, \"a dog\"]");
    write("at-key.json", "{\"of\": 1, \"captions\": [\"a cat\", \"a dog\"]}");
    write("lines.json", "{\"t\": \"a cat\"}", "{\"t\": \"a dog\"}");
    write("nothing.json", "[]");

    assertThat(texts(folder, file("objects.json", "t"))).containsExactly("a cat", "a dog");
    assertThat(told(folder, file("texts.json")))
        .containsExactly("1 a cat", "2 refused: the element is no text", "3 a dog");
    assertThat(texts(folder, file("at-key.json"))).containsExactly("a cat", "a dog");
    assertThat(texts(folder, file("lines.json", "t"))).containsExactly("a cat", "a dog");
    assertThat(texts(folder, file("nothing.json", "t"))).isEmpty();
  }

  @Test
  void knowsCoco() throws IOException {
    write(
        "captions_val.json",
        "{\"images\": [{\"id\": 1, \"file_name\": \"1.jpg\"}], \"licenses\": [],",
        "\"annotations\": [{\"image_id\": 1, \"id\": 5, \"caption\": \"A cat.\"},",
        "{\"image_id\": 1, \"id\": 6, \"caption\": \"A black cat on a red mat.\\n\"},",
        "{\"image_id\": 2, \"id\": 7, \"caption\": \"Two dogs.\"}]}");
    write("results.json", "[{\"image_id\": 1, \"caption\": \"a cat\"}]");
    SeedSource.File coco =
        new SeedSource.File("captions_val.json", Optional.empty(), Optional.of("image_id"));

    assertThat(texts(folder, file("captions_val.json")))
        .containsExactly("A cat.", "A black cat on a red mat.", "Two dogs.");
    assertThat(texts(folder, coco)).containsExactly("A black cat on a red mat.", "Two dogs.");
    assertThat(texts(folder, as(Format.COCO, coco)))
        .containsExactly("A black cat on a red mat.", "Two dogs.");
    assertThat(texts(folder, file("results.json"))).containsExactly("a cat");
  }

  @Test
  void knowsFlickr() throws IOException {
    write(
        "results.token", "1#2.jpg#0\tA cat .", "1#2.jpg#1\tA black cat on a mat .", "3.jpg A dog");
    write("captions.txt", "image,caption", "1.jpg,\"A cat, black\"", "2.jpg,A dog", "x");
    write(
        "results.csv",
        "image_name| comment_number| comment",
        "1.jpg| 0| A \"cat, black",
        "1.jpg| 1| A very black cat",
        "2.jpg| 4   A dog");

    assertThat(told(folder, file("results.token")))
        .containsExactly(
            "1 A cat .",
            "2 A black cat on a mat .",
            "3 refused: the line is not image#number, a tab and a caption");
    assertThat(texts(folder, byImage("results.token"))).containsExactly("A black cat on a mat .");
    assertThat(texts(folder, byImage("captions.txt"))).containsExactly("A cat, black", "A dog");
    assertThat(told(folder, file("results.csv")))
        .containsExactly(
            "2 A \"cat, black",
            "3 A very black cat",
            "4 refused: the row has more or fewer columns than the header: 2, not 3");
    assertThat(texts(folder, byImage("results.csv"))).containsExactly("A very black cat");
  }

  private static SeedSource.File byImage(String name) {
    return new SeedSource.File(name, Optional.empty(), Optional.of("image"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.jsonl| {\"text\": 1, \"id\": 2} || [text, id]",
        "a.json| [{\"text\": 1, \"id\": 2}] || [text, id]",
        "a.json| {\"a\": [{\"text\": 1}], \"b\": 5} | caption | a with [text]",
        "a.json| 5 | caption | neither a JSON array nor a JSON object",
        "a.json| [{\"caption\": \"a\"}, {] | caption | behind row 1",
        "a.csv| id,text || [id, text]",
        "a.csv| id,text | caption | [id, text]",
        "a.parquet| PAR1 text PAR1 | caption | no whole Parquet file",
      })
  void saysWhatAFileHas(String name, String content, String field, String said) throws IOException {
    write(name, content);
    SeedSource.File source = field == null ? file(name) : file(name, field);

    assertThatThrownBy(() -> told(folder, source))
        .isInstanceOf(SeedException.class)
        .hasMessageStartingWith("seeds[0]")
        .hasMessageContaining(folder.resolve(name).toString())
        .hasMessageContaining(said);
  }

  @Test
  void refusesAFileThatIsCutOff() throws IOException {
    for (String name : List.of("captions.jsonl.gz", "captions.jsonl.zst", "captions.parquet")) {
      byte[] whole = Files.readAllBytes(MADE.resolve(name));
      Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length - 20));

      assertThatThrownBy(() -> told(folder, file(name, "caption")))
          .as(name)
          .isInstanceOf(SeedException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void readsColumnsThatAreNamed() {
    assertThatThrownBy(() -> told(MADE, file("captions.parquet", "tags")))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("[image_id, caption]");
    assertThatThrownBy(() -> told(MADE, grouped("captions.parquet", "caption", "width")))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("group_by");
  }

  @Test
  void whatIsNamedGoesBeforeWhatIsGuessed() throws IOException {
    write("a.csv", "{\"caption\": \"a cat\"}");
    write("b.json", "caption", "a dog");

    assertThat(texts(folder, as(Format.JSONL, file("a.csv", "caption")))).containsExactly("a cat");
    assertThat(texts(folder, as(Format.CSV, file("b.json", "caption")))).containsExactly("a dog");
    assertThat(texts(folder, as(Format.TEXT, file("b.json")))).containsExactly("caption", "a dog");
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }
}
