package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeFileTest {
  private static final JobSpec JOB = BuiltinJobs.quickStart();

  @Test
  void leavesTheJobsRecipeWhereItSaysNothing() throws ConfigException {
    assertThat(RecipeFile.parse("", "RECIPE.conf", JOB)).isEqualTo(JOB.recipe());
  }

  @Test
  void leavesAnyJobsRecipeWhereItSaysNothing() throws ConfigException {
    long seed = 99;
    RandomJobs jobs = new RandomJobs(seed);
    for (int i = 0; i < 300; i++) {
      JobSpec job = jobs.next();
      assertThat(RecipeFile.parse("", "RECIPE.conf", job))
          .as("seed %s, job %s", seed, i)
          .isEqualTo(job.recipe());
    }
  }

  @Test
  void replacesWhatItNames() throws ConfigException {
    Recipe recipe =
        RecipeFile.parse(
            """
            instruct { tasks { question_answering = 1k }, repair = none }
            transfer { method = none }
            dataset { formats = [jsonl] }
            random_seed = 5
            """,
            "RECIPE.conf",
            JOB);

    assertThat(recipe)
        .isEqualTo(
            new Recipe(
                Map.of(new TaskName("question_answering"), 1000L),
                JobSpec.Repair.NONE,
                JOB.filters(),
                new JobSpec.Transfer(JobSpec.Transfer.Method.NONE, true),
                new JobSpec.Dataset(List.of("jsonl"), JobSpec.Dataset.Precision.FLOAT32),
                5));
    assertThat(RecipeFile.parseJson("{\"instruct\":{\"tasks\":{}}}", "request", JOB).tasks())
        .isEmpty();
  }

  @Test
  void refusesWhatAReplayCannotChange() {
    assertThatThrownBy(() -> RecipeFile.parse("instruct { temperature = 1 }", "RECIPE.conf", JOB))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "RECIPE.conf:1: instruct.temperature is not a key; did you mean instruct.repair?");
    assertThatThrownBy(() -> RecipeFile.parse("caption {}", "RECIPE.conf", JOB))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("RECIPE.conf:1: caption is not a key; ");
    assertThatThrownBy(
            () -> RecipeFile.parse("instruct { tasks { riddle = 1 } }", "RECIPE.conf", JOB))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "RECIPE.conf:1: instruct.tasks.riddle is not a key; did you mean instruct.tasks.multiple_choice?");
  }

  @Test
  void oneActionIsThatOfAllFiltersWithoutOneOfTheirOwn() throws ConfigException {
    Filters filters =
        RecipeFile.parse(
                "filters { action = reject, rhetoric.action = off, unfaithful.share_min = 0.25 }",
                "RECIPE.conf",
                JOB)
            .filters();

    assertThat(filters.rule(Filter.LEAKAGE)).isEqualTo(new Filters.Rule(Action.REJECT, 0));
    assertThat(filters.rule(Filter.UNFAITHFUL)).isEqualTo(new Filters.Rule(Action.REJECT, 0.25));
    assertThat(filters.rule(Filter.RHETORIC)).isEqualTo(Filters.Rule.OFF);
  }

  @Test
  void hasOneCanonicalJsonAndItsHash() {
    String json =
        """
        {"instruct":{"tasks":{"complex_reasoning":2,"multiple_choice":2,"question_answering":2},"repair":"local"},\
        "filters":{"option_order":"shuffled",\
        "markup":{"action":"report"},\
        "short_caption":{"action":"report","words_min":30.0},\
        "rhetoric":{"action":"report","words_max":1.0},\
        "unfaithful":{"action":"report","share_min":0.5},\
        "invented_numerals":{"action":"report","numerals_max":0.0},\
        "leakage":{"action":"report"},\
        "repeated_question":{"action":"report","similarity_max":0.8},\
        "same_options":{"action":"report"},\
        "longest_option":{"action":"report","ratio_max":2.0},\
        "verbatim_copy":{"action":"report","words_max":20.0},\
        "yes_surplus":{"action":"report","answers_max":2.0},\
        "long_conversation":{"action":"report","words_max":900.0},\
        "near_duplicate":{"action":"report","similarity_max":0.8}},\
        "transfer":{"method":"mean-shift","normalise":true},\
        "dataset":{"formats":["trainer","parquet"],"vectors":"float32"},"random_seed":1}\
        """;
    assertThat(RecipeJson.write(JOB.recipe())).isEqualTo(json);
    assertThat(RecipeJson.hash(JOB.recipe())).isEqualTo(ContentHash.of(json));
  }
}
