package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesIT {
  private static final String SEEDS = "seeds = [ { builtin = quick-start } ]\n";

  @TempDir private Path folder;

  @Test
  void aJobKnowsItsFolder() throws Exception {
    JobFile job = JobFile.load(write("job.conf", SEEDS + "name = a"));
    assertThat(job.spec().name()).isEqualTo("a");
    assertThat(job.folder()).isEqualTo(folder.toAbsolutePath());
  }

  @Test
  void aFileMayBeJsonOrHaveWindowsLineEnds() throws Exception {
    String json =
        "\uFEFF{\r\n\"seeds\": [{\"builtin\": \"quick-start\"}],\r\n\"name\": \"a\"\r\n}\r\n";
    assertThat(JobFile.load(write("job.json", json)).spec())
        .isEqualTo(JobFile.parse(SEEDS + "name = a", "JOB.conf"));
  }

  @Test
  void aFileMayIncludeItsNeighbour() throws Exception {
    write("common.conf", SEEDS + "caption.endpoint = shared");
    Path job = write("job.conf", "include \"common.conf\"\nname = a");
    assertThat(JobFile.load(job).spec().caption().endpoint()).isEqualTo("shared");

    write("common.conf", SEEDS + "\ncaption.endpiont = shared");
    assertThatThrownBy(() -> JobFile.load(job))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("common.conf:3: caption.endpiont is not a key");
  }

  @Test
  void relativePathsOfADeploymentStartAtItsFolder() throws Exception {
    Path file = write("alicorn.conf", "gateway { tokens_file = tokens, seed_roots = [seeds] }");
    Deployment deployment = DeploymentFile.load(file);
    assertThat(deployment.file()).contains(file);
    GatewayConfig gateway = deployment.gateway();
    assertThat(gateway.tokensFile()).contains(folder.toAbsolutePath().resolve("tokens"));
    assertThat(gateway.seedRoots()).containsExactly(folder.toAbsolutePath().resolve("seeds"));
  }

  @Test
  void aRecipeIsReadOverItsJob() throws Exception {
    Path recipe = write("recipe.conf", "random_seed = 9");
    assertThat(RecipeFile.load(recipe, BuiltinJobs.quickStart()).randomSeed()).isEqualTo(9);
  }

  @Test
  void whatCannotBeReadIsOneSentence() throws IOException {
    Path missing = folder.resolve("missing.conf");
    assertFails(missing, missing + ": there is no such file that can be read; check its name");
    assertFails(folder, folder + ": this is a folder; name a file in it");

    Path latin =
        Files.write(folder.resolve("latin.conf"), "name = é".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(latin, latin + ": the file is not UTF-8; save it as UTF-8");

    Path large = write("large.conf", "#" + "x".repeat((int) ConfSource.FILE_BYTES_MAX));
    assertFails(
        large, large + ": a configuration has at most 8 MiB; put seeds into files of their own");

    Path broken = write("broken.conf", "\n\nname = [");
    assertFails(
        broken,
        broken + ":3: this cannot be read; look for a missing quote, comma or bracket up to here");

    Path typo = write("typo.conf", SEEDS + "nmae = a");
    assertFails(typo, typo + ":2: nmae is not a key; did you mean name?");

    Path including = write("including.conf", "include required(file(\"gone.conf\"))");
    assertFails(including, "gone.conf: this file is included and cannot be read; check its name");
  }

  private static void assertFails(Path file, String sentence) {
    assertThatThrownBy(() -> JobFile.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(sentence);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
