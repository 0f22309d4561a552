package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.JobSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSpecJsonTest {
  private static final String JOB =
      """
      name = j, seeds = [ { file = a.jsonl, field = caption }, { labels = all }, { builtin = quick-start } ]
      caption { prompt = "é {{seed}}" }
      instruct { tasks { multiple_choice = 2 }, prompts {
        multiple_choice = "1 {{caption}}", question_answering = "2 {{caption}}", complex_reasoning = "3 {{caption}}" } }
      budget { money = 0.50, calls = 2k }
      reuse = [ job-1 ]
      """;

  @Test
  void isCompactAsciiInAFixedOrder() throws ConfigException {
    assertThat(JobSpecJson.write(job(JOB)))
        .isEqualTo(
            """
            {"name":"j",\
            "seeds":[{"file":"a.jsonl","field":"caption"},\
            {"labels":["all"],"templates_per_label":10},{"builtin":"quick-start"}],\
            "caption":{"endpoint":"local","temperature":0.7,"max_tokens":700,"prompt":"\\u00E9 {{seed}}"},\
            "instruct":{"endpoint":"local","temperature":0.7,"max_tokens":1500,\
            "tasks":{"multiple_choice":2},\
            "prompts":{"multiple_choice":"1 {{caption}}","question_answering":"2 {{caption}}",\
            "complex_reasoning":"3 {{caption}}"}},\
            "embed":{"encoder":"minilm"},\
            "transfer":{"method":"mean-shift","normalise":true},\
            "dataset":{"formats":["trainer","parquet"],"vectors":"float32"},\
            "budget":{"money":0.50,"calls":2000},\
            "reuse":["job-1"],"random_seed":1,"repeat":"on-unknown"}\
            """);
  }

  @Test
  void readsBackWhatItWrote() throws ConfigException {
    long seed = 7_331;
    RandomJobs jobs = new RandomJobs(seed);
    for (int i = 0; i < 500; i++) {
      JobSpec spec = jobs.next();
      String json = JobSpecJson.write(spec);
      assertThat(JobSpecJson.read(json)).as("seed %s, job %s: %s", seed, i, json).isEqualTo(spec);
      assertThat(json.chars().allMatch(c -> c < 0x80)).as("seed %s, job %s", seed, i).isTrue();
      String stored = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      assertThat(stored).isEqualTo(json);
      assertThat(JobSpecJson.differences(spec, JobSpecJson.read(json)))
          .as("seed %s, job %s", seed, i)
          .isEmpty();
    }
  }

  @Test
  void fillsNothingInFromTodaysDefaults() {
    assertThatThrownBy(() -> JobSpecJson.read("{\"seeds\":[{\"stream\":true}]}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it has no value");
  }

  @Test
  void identityLeavesBudgetWeightAndDatasetOut() throws ConfigException {
    JobSpec other =
        job(
            JOB
                + "budget.money = 9, weight = 3, dataset { formats = [parquet], vectors = float16 }");

    assertThat(JobSpecJson.identity(other)).isEqualTo(JobSpecJson.identity(job(JOB)));
    assertThat(JobSpecJson.identity(other)).doesNotContain("budget", "weight", "float16");
    assertThat(JobSpecJson.differences(job(JOB), other)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name = k | name",
        "seeds = [ { builtin = quick-start } ] | seeds",
        "caption.temperature = 0.8 | caption.temperature",
        "caption.prompt = \"{{seed}}\" | caption.prompt",
        "caption.other_models = true | caption.other_models",
        "instruct.tasks.question_answering = 1 | instruct.tasks.question_answering",
        "instruct.prompts.multiple_choice = \"{{caption}}\" | instruct.prompts.multiple_choice",
        "embed.encoder = none | embed.encoder",
        "transfer.method = none | transfer.method",
        "reuse = [] | reuse",
        "random_seed = 2 | random_seed",
        "repeat = never | repeat",
      })
  void differencesNameTheKey(String change, String key) throws ConfigException {
    JobSpec changed = job(JOB + change);
    assertThat(JobSpecJson.differences(job(JOB), changed)).isEqualTo(List.of(key));
    assertThat(JobSpecJson.identity(changed)).isNotEqualTo(JobSpecJson.identity(job(JOB)));
  }

  private static JobSpec job(String text) throws ConfigException {
    return JobFile.parse(text, "JOB.conf");
  }
}
