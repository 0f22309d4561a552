package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every example reads, finds its endpoints, and names files that are there.
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");

  @Test
  void everyDeploymentReads() throws Exception {
    List<Path> files = files("alicorn.conf");
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(DeploymentFile.load(file).endpoints()).as(file.toString()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void everyEncoderReads() throws Exception {
    List<Path> files = files("encoder.conf");
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(EncoderFile.load(file).name()).as(file.toString()).isNotBlank();
    }
  }

  @Test
  void everyJobReadsAndHasWhatItNames() throws Exception {
    List<Path> files =
        files(".conf").stream()
            .filter(file ->
                !file.endsWith("alicorn.conf")
                    && !file.endsWith("task.conf")
                    && !file.endsWith("encoder.conf"))
            .toList();
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    for (Path file : files) {
      JobFile job = JobFile.load(file);
      Path beside = file.resolveSibling("alicorn.conf");
      Deployment deployment =
          Files.exists(beside) ? DeploymentFile.load(beside) : DeploymentFile.defaults();
      JobSpec spec = job.spec();
      assertThat(deployment.endpoint("caption.endpoint", spec.caption().endpoint())).isNotNull();
      assertThat(deployment.endpoint("instruct.endpoint", spec.instruct().endpoint())).isNotNull();
      assertThat(deployment.encoder("embed.encoder", spec.embed().encoder().orElseThrow()))
          .isNotNull();
      for (SeedSource seed : spec.seeds()) {
        if (seed instanceof SeedSource.File source) {
          assertHasSeeds(job.folder().resolve(source.file()), source);
        }
      }
    }
  }

  private static void assertHasSeeds(Path file, SeedSource.File source) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      String caption =
          source.field().isPresent()
              ? ConfigFactory.parseString(line).getString(source.field().get())
              : line;
      assertThat(caption).as(file.toString()).isNotBlank();
    }
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }
}
