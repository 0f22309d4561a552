package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JobSpec.Transfer;
import dev.alicorn.protocol.JobSpec.Transfer.Method;
import dev.alicorn.protocol.Recipe;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The canonical JSON of each transfer method, and what a recipe takes over of a job's.
class TransferJsonTest {
  private static final String ANCHOR =
      """
      {"rows":10000,"trace":0.75,"mean":"AAAAPwAAAAA=",\
      "sha256":"5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5"}\
      """;
  private static final Anchor IMAGES =
      new Anchor(10_000, Embedding.wrap(new float[] {0.5f, 0}), 0.75, ContentHash.of("12345"));
  private static final JobSpec JOB = BuiltinJobs.quickStart();

  private static String json(Transfer transfer) {
    String json = RecipeJson.write(JOB.recipe().with(transfer));
    int from = json.indexOf("\"transfer\":") + "\"transfer\":".length();
    return json.substring(from, json.indexOf(",\"dataset\""));
  }

  private static JobSpec job(String transfer) throws ConfigException {
    return JobFile.parse("seeds = [ { builtin = quick-start } ], transfer " + transfer, "JOB.conf");
  }

  @Test
  void methodsWithoutParametersAreWrittenAsBefore() {
    assertThat(json(new Transfer(Method.MEAN_SHIFT, true)))
        .isEqualTo("{\"method\":\"mean-shift\",\"normalise\":true}");
    assertThat(json(new Transfer(Method.NONE, false)))
        .isEqualTo("{\"method\":\"none\",\"normalise\":false}");
  }

  @Test
  void reAlignHasTheStatisticsThemselves() throws ConfigException {
    Transfer transfer = Transfer.reAlign(IMAGES, 2);
    String json =
        "{\"method\":\"re-align\",\"normalise\":true,\"anchor\":"
            + ANCHOR
            + ",\"centroid_iterations\":2}";
    assertThat(json(transfer)).isEqualTo(json);
    assertThat(job(json).transfer()).isEqualTo(transfer);
    assertThat(JobSpecJson.read(JobSpecJson.write(job(json)))).isEqualTo(job(json));
    assertThat(job("{ method = re-align, anchor = " + ANCHOR + "}").transfer())
        .isEqualTo(Transfer.reAlign(IMAGES, 1));
  }

  @Test
  void c3HasItsRatio() throws ConfigException {
    String json = "{\"method\":\"c3\",\"normalise\":true,\"noise_ratio\":0.5}";
    assertThat(json(Transfer.c3(0.5))).isEqualTo(json);
    assertThat(job(json).transfer()).isEqualTo(Transfer.c3(0.5));
    assertThat(job("{ method = c3 }").transfer()).isEqualTo(Transfer.c3(2.86));
  }

  @Test
  void nothingIsFilledInFromTodaysDefaults() throws ConfigException {
    String json = JobSpecJson.write(job("{ method = c3 }"));
    assertThatThrownBy(() -> JobSpecJson.read(json.replace(",\"noise_ratio\":2.86", "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("transfer.noise_ratio: it has no value");
  }

  @Test
  void aRecipeKeepsTheAnchorOfItsJobUntilItNamesAnotherMethod() throws ConfigException {
    JobSpec job = job("{ method = re-align, anchor = " + ANCHOR + ", centroid_iterations = 3 }");

    assertThat(recipe("", job)).isEqualTo(Transfer.reAlign(IMAGES, 3));
    assertThat(recipe("transfer.centroid_iterations = 1", job))
        .isEqualTo(Transfer.reAlign(IMAGES, 1));
    assertThat(recipe("transfer.method = mean-shift", job))
        .isEqualTo(new Transfer(Method.MEAN_SHIFT, true));
    assertThat(recipe("transfer.method = c3", job)).isEqualTo(Transfer.c3(2.86));
  }

  @Test
  void aRecipeGivesAJobWhatItsMethodHadNoUseFor() throws ConfigException {
    JobSpec job = job("{ method = mean-shift, normalise = false }");

    assertThat(recipe("transfer { method = c3, noise_ratio = 1 }", job)).isEqualTo(Transfer.c3(1));
    assertThat(recipe("transfer { method = re-align, anchor = " + ANCHOR + " }", job))
        .isEqualTo(Transfer.reAlign(IMAGES, 1));
    assertThatThrownBy(() -> recipe("transfer.method = re-align", job))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("RECIPE.conf:1: transfer.anchor: re-align needs the statistics");
  }

  @Test
  void optionsOfACommandNameMethodAndAnchor() throws ConfigException {
    Transfer shift = new Transfer(Method.MEAN_SHIFT, false);
    assertThat(RecipeFile.transfer(shift, Optional.of("none"), Optional.empty()))
        .isEqualTo(new Transfer(Method.NONE, false));
    assertThat(RecipeFile.transfer(shift, Optional.of("c3"), Optional.empty()))
        .isEqualTo(Transfer.c3(2.86));
    assertThat(
            RecipeFile.transfer(
                Transfer.reAlign(IMAGES, 2), Optional.of("re-align"), Optional.empty()))
        .isEqualTo(Transfer.reAlign(IMAGES, 2));
    assertThatThrownBy(() -> RecipeFile.transfer(shift, Optional.of("shift"), Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("transfer.method: \"shift\" is none of");
  }

  @Test
  void whatIsSentNamesNoFile() {
    assertThatThrownBy(() ->
            RecipeFile.parseJson(
                "{\"transfer\":{\"method\":\"re-align\",\"anchor\":\"/etc/passwd\"}}",
                "recipe",
                JOB))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "recipe:1: transfer.anchor: what is sent names no files; send the statistics, as"
                + " ./alicorn submit does");
    assertThatThrownBy(() ->
            JobFile.parseJson(
                "{\"seeds\":[{\"stream\":true}],\"transfer\":{\"anchor\":\"a\"}}", "job"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("names no files");
  }

  @Test
  void aTraceThatIsNotOfUnitVectorsIsRefused() {
    assertThatThrownBy(
            () -> job("{ method = re-align, anchor = " + ANCHOR.replace("0.75", "0.8") + " }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the trace of unit vectors with this mean is 0.75 and not 0.8");
  }

  private static Transfer recipe(String text, JobSpec job) throws ConfigException {
    Recipe recipe = RecipeFile.parse(text, "RECIPE.conf", job);
    return recipe.transfer();
  }
}
