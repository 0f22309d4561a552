package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Something that lies where a job's dataset is to be when the job is done.
class DatasetTakenFaultIT {
  private static final int SEEDS = 12;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void isNotTouchedAndTheJobGoesOnWhenItIsGone() throws Exception {
    Path taken = folder.resolve("dataset");
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      TestJob job = BENCH.job(folder, endpoint).ofSeeds(SEEDS);
      Files.createDirectory(taken);
      Files.writeString(taken.resolve("thesis.txt"), "the only copy");

      assertThatThrownBy(job::run)
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("holds something else than this job's dataset")
          .hasMessageContaining("move it away");

      assertThat(namesIn(taken)).containsExactly("thesis.txt");
      assertThat(namesIn(folder)).containsExactlyInAnyOrder("dataset", "job", "seeds.txt");
      Files.move(taken, folder.resolve("elsewhere"));
      JobEnd.Completed end = job.completed();
      assertThat(end.progress().captionsAccepted()).isEqualTo(SEEDS);
      assertThat(endpoint.ledger().requests()).as("no call is repeated").isEqualTo(SEEDS);
      assertThat(taken.resolve("manifest.json")).exists();
    }
  }

  private static List<String> namesIn(Path folder) throws Exception {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }
}
