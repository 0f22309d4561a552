package dev.alicorn.engine.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedReaderIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void readsSourcesInTheirOrder() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "second one\n\n  third one  \r\n");
    Files.writeString(
        folder.resolve("a.jsonl"), "{\"id\": 7, \"caption\": \"first one\", \"tags\": [\"x\"]}\n");

    List<SeedRow> rows = read(jsonl("a.jsonl"), text("b.txt"));

    assertThat(rows)
        .containsExactly(
            new SeedRow.Seed(0, "1", "first one", Optional.empty()),
            new SeedRow.Seed(1, "1", "second one", Optional.empty()),
            new SeedRow.Seed(1, "3", "third one", Optional.empty()));
  }

  @Test
  void refusesBrokenRowsAndGoesOn() throws IOException {
    Files.write(
        folder.resolve("a.jsonl"),
        List.of(
            "{\"caption\": 5}",
            "{\"caption\": \"a dog\"",
            "[1]",
            "{\"caption\": \" \"}",
            "{\"caption\": \"good\"}"));

    assertThat(read(jsonl("a.jsonl")))
        .map(row -> row.key() + (row instanceof SeedRow.Refused ? " refused" : " seed"))
        .containsExactly("1 refused", "2 refused", "3 refused", "4 refused", "5 seed");
  }

  @Test
  void refusesWhatIsNotUtf8AndWhatIsTooLong() throws IOException {
    byte[] latin1 = "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] longLine =
        ("x".repeat(SeedLines.LINE_BYTES_MAX + 1) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] longSeed =
        ("y".repeat(SeedReader.SEED_CHARS_MAX + 1) + "\nfine").getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("a.txt");
    Files.write(file, latin1);
    Files.write(file, longLine, java.nio.file.StandardOpenOption.APPEND);
    Files.write(file, longSeed, java.nio.file.StandardOpenOption.APPEND);

    List<SeedRow> rows = read(text("a.txt"));

    assertThat(rows).hasSize(4);
    assertThat(rows.get(0)).isEqualTo(new SeedRow.Refused(0, "1", "the line is not UTF-8"));
    assertThat(rows.get(1)).isEqualTo(new SeedRow.Refused(0, "2", "the line is longer than 1 MiB"));
    assertThat(rows.get(2)).isInstanceOf(SeedRow.Refused.class);
    assertThat(rows.get(3)).isEqualTo(new SeedRow.Seed(0, "4", "fine", Optional.empty()));
  }

  @Test
  void keepsUglyButLegalText() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "\uFEFFa\u202Eb\u0000c \uD83D\uDE80\n");

    assertThat(read(text("a.txt")))
        .containsExactly(
            new SeedRow.Seed(0, "1", "a\u202Eb\u0000c \uD83D\uDE80", Optional.empty()));
  }

  @Test
  void namesASourceThatIsNotThere() {
    assertThatThrownBy(() -> SeedReader.check(List.of(text("missing.txt")), folder))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("seeds[0]")
        .hasMessageContaining("missing.txt");
  }

  private List<SeedRow> read(SeedSource... sources) throws IOException {
    return SeedFiles.rows(folder, sources);
  }

  private static SeedSource jsonl(String file) {
    return new SeedSource.File(file, Optional.of("caption"), Optional.empty());
  }

  private static SeedSource text(String file) {
    return new SeedSource.File(file, Optional.empty(), Optional.empty());
  }
}
