package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderFaultIT {
  @TempDir Path temp;

  /// Writes half a dataset, says so, and waits to be killed.
  static final class HalfWritten {
    private HalfWritten() {}

    static void main(String[] target) throws Exception {
      SyntheticDataset dataset = SyntheticDataset.small();
      try (DatasetFolder folder = dataset.open(Path.of(target[0]))) {
        folder.add(List.of(dataset.captionRow(1)));
        System.out.println("half written");
        System.in.read();
      }
    }
  }

  private List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void killedRunLeavesOnlyAPartialFolderThatTheNextRemoves() throws Exception {
    Path target = temp.resolve("toy");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HalfWritten.class.getName(),
                target.toString())
            .redirectError(Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("half written");
      List<String> alive = namesIn(temp);
      assertThat(alive).singleElement().asString().startsWith(".toy.partial-");

      SyntheticDataset.small().write(temp.resolve("other"));
      SyntheticDataset dataset = SyntheticDataset.small();
      try (DatasetFolder second = dataset.open(target)) {
        second.add(List.of(dataset.captionRow(1)));
        assertThat(namesIn(temp)).as("a live writer's folder stays").containsAll(alive).hasSize(3);
      }
      process.destroyForcibly();
      process.waitFor();

      assertThat(namesIn(temp)).containsAll(alive).doesNotContain("toy");
      SyntheticDataset.small().write(target);
      assertThat(namesIn(temp)).containsExactly("other", "toy");
    }
  }
}
