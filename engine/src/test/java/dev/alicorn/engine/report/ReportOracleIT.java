package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Figures are those that numpy finds by their definitions, in a dataset that numpy has written and
/// moved: `engine/python/report_oracle.py`.
@Tag("python")
class ReportOracleIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"mean-shift", "re-align", "none"})
  void numpyFindsTheSame(String method) throws Exception {
    Path folder = temp.resolve("oracle");
    Path output = temp.resolve("output.txt");
    int exitCode =
        new ProcessBuilder(
                List.of(
                    ROOT.resolve(".alicorn/python/bin/python").toString(),
                    ROOT.resolve("engine/python/report_oracle.py").toString(),
                    folder.toString(),
                    method))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertThat(exitCode).as(Files.readString(output)).isZero();
    DatasetReport.write(folder, Optional.empty(), Optional.empty(), folder, (_, _, _) -> {});
    JsonNode found = JSON.readTree(folder.resolve("report.json").toFile()).at("/dataset/figures");
    JsonNode expected = JSON.readTree(temp.resolve("oracle.json").toFile());
    assertThat(expected.size()).isGreaterThan(35);
    for (Map.Entry<String, JsonNode> figure : expected.properties()) {
      JsonNode value = found.findPath(figure.getKey());
      double wanted = figure.getValue().asDouble();
      assertThat(value.isNumber()).as(figure.getKey()).isTrue();
      assertThat(value.asDouble())
          .as(figure.getKey())
          .isEqualTo(wanted, within(2e-5 * Math.max(1, Math.abs(wanted))));
    }
  }
}
