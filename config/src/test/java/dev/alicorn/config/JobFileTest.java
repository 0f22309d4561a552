package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.TaskName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobFileTest {
  private static final String SEEDS = "seeds = [ { builtin = quick-start } ]\n";

  @Test
  void everyKeyButSeedsHasADefault() throws ConfigException {
    JobSpec spec = JobFile.parse(SEEDS, "JOB.conf");

    assertThat(spec.name()).isEqualTo("job");
    assertThat(spec.seeds()).containsExactly(new SeedSource.Builtin("quick-start"));
    assertThat(spec.caption())
        .isEqualTo(
            new JobSpec.Caption("local", false, 0.7, 700, Resources.text("prompts/caption.md")));
    assertThat(spec.instruct())
        .isEqualTo(
            new JobSpec.Instruct(
                "local",
                false,
                0.7,
                1500,
                JobSpec.Repair.LOCAL,
                List.of(
                    builtin("complex_reasoning", 100_000),
                    builtin("multiple_choice", 171_000),
                    builtin("question_answering", 199_000))));
    assertThat(spec.embed().encoder()).contains("minilm");
    assertThat(spec.transfer())
        .isEqualTo(new JobSpec.Transfer(JobSpec.Transfer.Method.MEAN_SHIFT, true));
    assertThat(spec.dataset())
        .isEqualTo(
            new JobSpec.Dataset(List.of("trainer", "parquet"), JobSpec.Dataset.Precision.FLOAT32));
    assertThat(spec.budget()).isEqualTo(JobSpec.Budget.UNLIMITED);
    assertThat(spec.weight()).isEqualTo(1);
    assertThat(spec.reuse()).isEmpty();
    assertThat(spec.randomSeed()).isEqualTo(1);
    assertThat(spec.repeat()).isEqualTo(JobSpec.Repeat.ON_UNKNOWN);
  }

  @Test
  void readsEveryKey() throws ConfigException {
    JobSpec spec =
        JobFile.parse(
            """
            name = "unicorn-mini"
            seeds = [
              { file = "captions.jsonl", field = "caption", group_by = "image_id" }
              { file = "captions.txt" }
              { labels = all, templates_per_label = 3 }
              { labels = [food, "sea birds"] }
              { builtin = quick-start }
            ]
            caption  { endpoint = big, other_models = true, temperature = 0.2, max_tokens = 2k, prompt = "Paint: {{seed}}" }
            instruct {
              endpoint = small, temperature = 1, max_tokens = 900
              repair = none
              tasks { complex_reasoning { count = 3, prompt = \"""Why?
            {{caption}}\""" } }
            }
            embed    { encoder = none }
            transfer { method = none, normalise = false }
            dataset  { formats = [parquet], vectors = float16 }
            budget   { money = 25, tokens = 50M, calls = 2M }
            weight   = 4
            reuse    = [ "job-1", job-2 ]
            random_seed = -7
            repeat   = never
            """,
            "JOB.conf");

    InstructTask builtin = builtin("complex_reasoning", 3);
    InstructTask task =
        new InstructTask(builtin.name(), 3, "Why?\n{{caption}}", builtin.schema(), builtin.reply());
    assertThat(spec)
        .isEqualTo(
            new JobSpec(
                "unicorn-mini",
                List.of(
                    new SeedSource.File(
                        "captions.jsonl", Optional.of("caption"), Optional.of("image_id")),
                    new SeedSource.File("captions.txt", Optional.empty(), Optional.empty()),
                    new SeedSource.Labels(List.of("all"), 3),
                    new SeedSource.Labels(List.of("food", "sea birds"), 10),
                    new SeedSource.Builtin("quick-start")),
                new JobSpec.Caption("big", true, 0.2, 2000, "Paint: {{seed}}"),
                new JobSpec.Instruct("small", false, 1, 900, JobSpec.Repair.NONE, List.of(task)),
                JobFile.parse("seeds = [ { labels = all } ]", "defaults").filters(),
                new JobSpec.Embed(Optional.empty()),
                new JobSpec.Transfer(JobSpec.Transfer.Method.NONE, false),
                new JobSpec.Dataset(List.of("parquet"), JobSpec.Dataset.Precision.FLOAT16),
                new JobSpec.Budget(
                    Optional.of(new BigDecimal("25")),
                    OptionalLong.of(50_000_000),
                    OptionalLong.of(2_000_000)),
                4,
                List.of(new JobId("job-1"), new JobId("job-2")),
                -7,
                JobSpec.Repeat.NEVER));
  }

  @Test
  void jsonWithTheSameKeysReadsAlike() throws ConfigException {
    String hocon =
        """
        seeds = [ { labels = all } ]   # every domain
        caption.temperature = 0.3
        instruct.tasks.multiple_choice = 5k
        """;
    String json =
        """
        {"seeds": [{"labels": "all"}], "caption": {"temperature": 0.3},
         "instruct": {"tasks": {"multiple_choice": 5000}}}
        """;

    JobSpec spec = JobFile.parse(hocon, "JOB.conf");
    assertThat(JobFile.parse(json, "JOB.json")).isEqualTo(spec);
    assertThat(JobFile.parseJson(json, "request")).isEqualTo(spec);
  }

  @Test
  void emptyTasksLeaveTheStepOut() throws ConfigException {
    assertThat(JobFile.parse(SEEDS + "instruct { tasks {} }", "JOB.conf").instruct().tasks())
        .isEmpty();
  }

  @Test
  void aStreamOfSeedsStandsAlone() throws ConfigException {
    assertThat(JobFile.parse("seeds = [ { stream = true } ]", "JOB.conf").seeds())
        .containsExactly(new SeedSource.Stream());
  }

  @Test
  void namesOfTheEnvironmentAreSubstituted() throws ConfigException {
    String path = System.getenv("PATH");
    assertThat(path).isNotBlank();
    assertThat(JobFile.parse(SEEDS + "name = ${?PATH}", "JOB.conf").name()).isEqualTo(path);
    assertThat(JobFile.parse(SEEDS + "name = ${?ALICORN_UNSET_NAME}", "JOB.conf").name())
        .isEqualTo("job");
  }

  @Test
  void jsonOfTheNetworkSeesNoEnvironment() throws ConfigException {
    String json =
        """
        {"seeds": [{"stream": true}], "name": "${?PATH}"}\
        """;
    assertThat(JobFile.parseJson(json, "request").name()).isEqualTo("${?PATH}");
  }

  @Test
  void readsAlikeInEveryLocale() throws ConfigException {
    JobSpec spec = BuiltinJobs.quickStart();
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "de-DE", "th-TH-u-ca-buddhist")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(BuiltinJobs.quickStart()).as(tag).isEqualTo(spec);
        assertThat(JobSpecJson.write(BuiltinJobs.quickStart()))
            .as(tag)
            .isEqualTo(JobSpecJson.write(spec));
        assertThat(DeploymentFile.defaults().journal().reserveBytes()).as(tag).isEqualTo(2L << 30);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /// A task that ships with Alicorn, read off its files.
  private static InstructTask builtin(String name, long count) {
    boolean options = name.equals("multiple_choice");
    return new InstructTask(
        new TaskName(name),
        count,
        Resources.text("tasks/" + name + "/prompt.md"),
        JsonText.compact(Resources.text("tasks/" + name + "/schema.json")),
        new InstructTask.Reply(
            "QA Pairs",
            "Question",
            options ? Optional.of("Options") : Optional.empty(),
            "Answer",
            options ? "{{question}}\n{{options}}" : "{{question}}",
            "{{answer}}",
            6,
            8));
  }
}
