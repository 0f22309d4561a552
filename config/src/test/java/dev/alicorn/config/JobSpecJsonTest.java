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
      instruct { tasks { multiple_choice { count = 2, prompt = "1 {{caption}}" }, riddle {
        count = 1, prompt = "2 {{caption}}", reply { pairs = r, question = q, answer = a }
        schema = \"""{"type": "object",
          "properties": {"r": {"type": "array", "items": {"properties": {"q": {}, "a": {}}}}}}\"""
      } } }
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
            "repair":"local","tasks":{\
            "multiple_choice":{"count":2,"prompt":"1 {{caption}}","schema":"%s",\
            "reply":{"pairs":"QA Pairs","question":"Question","options":"Options","answer":"Answer",\
            "human":"{{question}}\\n{{options}}","model":"{{answer}}","pairs_min":6,"pairs_max":8}},\
            "riddle":{"count":1,"prompt":"2 {{caption}}",\
            "schema":"{\\"type\\":\\"object\\",\\"properties\\":{\\"r\\":{\\"type\\":\\"array\\",\
            \\"items\\":{\\"properties\\":{\\"q\\":{},\\"a\\":{}}}}}}",\
            "reply":{"pairs":"r","question":"q","answer":"a",\
            "human":"{{question}}","model":"{{answer}}","pairs_min":6,"pairs_max":8}}}},\
            "filters":{"option_order":"shuffled",\
            "markup":{"action":"reject"},\
            "short_caption":{"action":"reject","words_min":30.0},\
            "rhetoric":{"action":"reject","words_max":1.0},\
            "unfaithful":{"action":"report","share_min":0.5},\
            "invented_numerals":{"action":"reject","numerals_max":0.0},\
            "leakage":{"action":"reject"},\
            "repeated_question":{"action":"reject","similarity_max":0.8},\
            "same_options":{"action":"reject"},\
            "longest_option":{"action":"reject","ratio_max":2.0},\
            "verbatim_copy":{"action":"reject","words_max":20.0},\
            "yes_surplus":{"action":"reject","answers_max":2.0},\
            "long_conversation":{"action":"reject","words_max":900.0}},\
            "embed":{"encoder":"minilm"},\
            "transfer":{"method":"mean-shift","normalise":true},\
            "dataset":{"formats":["trainer","parquet"],"vectors":"float32"},\
            "budget":{"money":0.50,"calls":2000},\
            "reuse":["job-1"],"random_seed":1,"repeat":"on-unknown"}\
            """
                .formatted(
                    JsonText.compact(Resources.text("tasks/multiple_choice/schema.json"))
                        .replace("\"", "\\\"")));
  }

  @Test
  void hasTheKeysOfASourceThatWereGiven() throws ConfigException {
    assertThat(
            JobSpecJson.write(
                job(
                    "seeds = [ { file = a.csv, format = csv, field = caption, group_by = image, filter"
                        + " = web, weight = 3, limit = 10k }, { labels = [food], weight = 1 },"
                        + " { builtin = quick-start, limit = 2 } ]")))
        .contains(
            """
            "seeds":[{"file":"a.csv","format":"csv","field":"caption","group_by":"image",\
            "filter":"web","weight":3,"limit":10000},\
            {"labels":["food"],"templates_per_label":10,"weight":1},\
            {"builtin":"quick-start","limit":2}],\
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
        "instruct.tasks.riddle.count = 3 | instruct.tasks.riddle.count",
        "instruct.tasks.riddle.prompt = \"{{caption}}\" | instruct.tasks.riddle.prompt",
        "instruct.tasks.riddle.reply.pairs_max = 7 | instruct.tasks.riddle.reply.pairs_max",
        "instruct.repair = none | instruct.repair",
        "caption.other_models = true | caption.other_models",
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
