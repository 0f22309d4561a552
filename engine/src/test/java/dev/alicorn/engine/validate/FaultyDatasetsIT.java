package dev.alicorn.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Datasets that Python's libraries wrote are clean, and of a copy with one fault that fault is all
/// that is found, where it lies.
///
/// `gateway/python/run` installs the libraries and runs this; `engine/python/plant.py` writes.
@Tag("python")
class FaultyDatasetsIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir static Path temp = Path.of("");

  @BeforeAll
  static void plant() throws Exception {
    Path output = temp.resolve("output.txt");
    int exitCode =
        new ProcessBuilder(
                ROOT.resolve(".alicorn/python/bin/python").toString(),
                "-W",
                "error",
                ROOT.resolve("engine/python/plant.py").toString(),
                temp.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    System.out.println(Files.readString(output));
    assertThat(exitCode).as(Files.readString(output)).isZero();
  }

  @TestFactory
  Stream<DynamicTest> cleanDatasetsAreClean() throws IOException {
    List<Path> clean;
    try (Stream<Path> folders = Files.list(temp.resolve("clean"))) {
      clean = folders.sorted().toList();
    }
    assertThat(clean).hasSizeGreaterThan(8);
    return clean.stream()
        .map(folder ->
            DynamicTest.dynamicTest(
                folder.getFileName().toString(),
                () -> {
                  List<Finding> findings = new ArrayList<>();
                  Validation validation = Validator.validate(folder, findings::add);
                  assertThat(findings).isEmpty();
                  assertThat(validation.clean()).isTrue();
                  assertThat(Math.max(validation.rows(), validation.embeddings()))
                      .isGreaterThanOrEqualTo(60);
                }));
  }

  @TestFactory
  Stream<DynamicTest> eachFaultIsFoundAloneAndWhereItLies() throws IOException {
    return faults()
        .map(fault -> {
          String name = fault.get("name").asText();
          return DynamicTest.dynamicTest(
              name,
              () -> {
                List<Finding> findings = new ArrayList<>();
                Validator.validate(temp.resolve("planted/" + name), findings::add);
                assertThat(findings)
                    .singleElement()
                    .satisfies(finding -> {
                      assertThat(finding.check().key()).isEqualTo(fault.get("check").asText());
                      assertThat(finding.file()).isEqualTo(fault.get("file").asText());
                      assertThat(finding.row()).isEqualTo(fault.get("row").asLong());
                      assertThat(finding.id()).isEqualTo(fault.get("id").asText());
                      assertThat(finding.message()).isNotBlank();
                    });
              });
        });
  }

  /// Every check has a fault, and the table of the documentation names all of both.
  @Test
  void everyCheckHasItsFaultInTheTable() throws IOException {
    List<String> planted = new ArrayList<>();
    for (Check check : Check.values()) {
      List<String> names = new ArrayList<>();
      faults()
          .filter(fault -> fault.get("check").asText().equals(check.key()))
          .forEach(fault -> names.add("`" + fault.get("name").asText() + "`"));
      planted.add("| `" + check.key() + "` | " + String.join(", ", names) + " |");
    }
    List<String> documented =
        Files.readAllLines(ROOT.resolve("docs/validate.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split(" \\| ", -1))
            .map(cells -> cells[0] + " | " + cells[cells.length - 1])
            .toList();
    assertThat(new TreeSet<>(documented)).isEqualTo(new TreeSet<>(planted));
  }

  private static Stream<JsonNode> faults() throws IOException {
    JsonNode faults = new ObjectMapper().readTree(temp.resolve("faults.json").toFile());
    return StreamSupport.stream(faults.spliterator(), false);
  }
}
