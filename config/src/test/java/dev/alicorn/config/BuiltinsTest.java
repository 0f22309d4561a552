package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltinsTest {
  @Test
  void theQuickStartHasSixteenSeedsOfEightToTwentyWords() throws ConfigException {
    List<String> seeds = BuiltinSeeds.open("quick-start");
    assertThat(seeds).hasSize(16).doesNotHaveDuplicates();
    assertThat(seeds).allSatisfy(seed -> assertThat(seed.split(" ", -1).length).isBetween(8, 20));
  }

  @Test
  void everyNameOpens() throws ConfigException {
    for (String name : BuiltinSeeds.NAMES) {
      assertThat(BuiltinSeeds.open(name)).as(name).isNotEmpty();
    }
  }

  @Test
  void anUnknownNameNamesTheKnownOnes() {
    assertThatThrownBy(() -> BuiltinSeeds.open("imagenet"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("seeds: no built-in seeds are called \"imagenet\"; there are: quick-start");
  }

  @Test
  void theQuickStartRunsOnTheDefaultDeployment() throws ConfigException {
    JobSpec job = BuiltinJobs.quickStart();
    assertThat(job.name()).isEqualTo("quick-start");
    assertThat(job.seeds()).containsExactly(new SeedSource.Builtin("quick-start"));
    assertThat(job.recipe().tasks())
        .isEqualTo(
            Map.of(
                new TaskName("multiple_choice"), 2L,
                new TaskName("question_answering"), 2L,
                new TaskName("complex_reasoning"), 2L));
    assertThat(job.dataset().formats()).containsExactly("trainer", "parquet");

    Deployment deployment = DeploymentFile.defaults();
    assertThat(deployment.endpoint("caption.endpoint", job.caption().endpoint()))
        .isInstanceOf(EndpointConfig.Llama.class);
    assertThat(deployment.encoder("embed.encoder", job.embed().encoder().orElseThrow()))
        .isInstanceOf(EncoderConfig.Onnx.class);
  }
}
