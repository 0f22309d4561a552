package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a user reads who wrote a wrong job: one sentence with place, key and mend.
class JobErrorsTest {
  private static final String SEEDS = "seeds = [ { builtin = quick-start } ]\n";

  static Stream<Arguments> wrongJobs() {
    return Stream.of(
        wrong("", "JOB.conf:1: seeds: it has no value; write a list of objects, such as [ { … } ]"),
        wrong(
            "caption {\n  temprature = 1\n}",
            "JOB.conf:3: caption.temprature is not a key; did you mean caption.temperature?"),
        wrong("sedes = []", "JOB.conf:2: sedes is not a key; did you mean seeds?"),
        wrong(
            "instruct { tasks { multiple_choices = 1 } }",
            "JOB.conf:2: instruct.tasks.multiple_choices: no task of that name ships with Alicorn;"
                + " did you mean multiple_choice? One of your own has a folder, or prompt and"
                + " schema"),
        wrong("kinds {}", "JOB.conf:2: kinds is not a key; did you mean seeds?"),
        wrong(
            "caption.temperature = hot",
            "JOB.conf:2: caption.temperature: it is \"hot\"; write a number from 0 on, such as"
                + " 0.7"),
        wrong("\ncaption.temperature = 7", "JOB.conf:3: caption.temperature: from 0 to 2, not 7.0"),
        wrong(
            "caption.max_tokens = 0",
            "JOB.conf:2: caption.max_tokens: it is 0; write a whole number from 1 to 1048576"),
        wrong(
            "caption.prompt = \"describe\"",
            "JOB.conf:2: caption.prompt: the text must contain {{seed}}"),
        wrong(
            "caption.prompt = \"{{seed}} {{sead}}\"",
            "JOB.conf:2: caption.prompt: {{sead}} stands for nothing here; what there is: {{seed}}"),
        wrong(
            "caption = 5",
            "JOB.conf:2: caption: it is not an object; write caption { key = value }"),
        wrong("name = [a]", "JOB.conf:2: name: it is a list; write a text"),
        wrong("name = \" \"", "JOB.conf:2: name: it is \" \"; write a text"),
        wrong("name = null", "JOB.conf:2: name: it has no value; write a text"),
        wrong(
            "budget.tokens = 50MB",
            "JOB.conf:2: budget.tokens: it is \"50MB\"; write a whole number from 0 on, such as"
                + " 600 or 50M"),
        wrong(
            "budget.money = lots",
            "JOB.conf:2: budget.money: it is \"lots\"; write an amount from 0 on, such as 25 or"
                + " 0.10"),
        wrong(
            "transfer.method = mean_shift",
            "JOB.conf:2: transfer.method: \"mean_shift\" is none of [c3, mean-shift, none, re-align]; did you"
                + " mean \"mean-shift\"?"),
        wrong(
            "transfer.method = re-align",
            "JOB.conf:2: transfer.anchor: re-align needs the statistics of image embeddings; make"
                + " them with ./alicorn anchor FILE and name what it wrote"),
        wrong(
            "transfer { method = re-align, anchor { rows = 1, trace = 0.5, mean = \"?\", sha256 = a } }",
            "JOB.conf:2: transfer.anchor.mean: it is no base64 of little-endian float32 numbers"),
        wrong(
            "transfer { method = re-align, anchor { rows = 1, trace = 0.5, mean = \"AAAAAA==\", sha256 = a } }",
            "JOB.conf:2: transfer.anchor.sha256: a SHA-256 has 64 hexadecimal digits"),
        wrong(
            "transfer { anchor { rows = 1 } }",
            "JOB.conf:2: transfer.anchor: mean-shift has no use for it; leave it out"),
        wrong(
            "transfer.centroid_iterations = 1",
            "JOB.conf:2: transfer.centroid_iterations: mean-shift has no use for it; leave it out"),
        wrong(
            "transfer { method = re-align, noise_ratio = 1 }",
            "JOB.conf:2: transfer.noise_ratio: re-align has no use for it; leave it out"),
        wrong(
            "transfer { method = c3, noise_ratio = 101 }",
            "JOB.conf:2: transfer.noise_ratio: from 0 to 100, not 101.0"),
        wrong(
            "transfer { method = c3, normalise = false }",
            "JOB.conf:2: transfer.normalise: c3 always gives vectors of length 1; leave it out"),
        wrong(
            "transfer { method = none, anchor = nowhere.safetensors }",
            "JOB.conf:2: transfer.anchor: "
                + Path.of("nowhere.safetensors").toAbsolutePath()
                + ": there is no such file; check its name"),
        wrong(
            "transfer.normalise = yep",
            "JOB.conf:2: transfer.normalise: it is \"yep\"; write true or false"),
        wrong(
            "dataset.formats = [parquet,\n trainer, parquet]",
            "JOB.conf:2: dataset.formats: a format is named twice in [parquet, trainer, parquet]"),
        wrong(
            "dataset.formats = [parquet,\n { a = 1 }]",
            "JOB.conf:3: dataset.formats takes names only, such as [a, b]"),
        wrong(
            "reuse = [\"No Job\"]",
            "JOB.conf:2: reuse: a job id is 1 to 64 of a-z, 0-9, - and _, not \"No Job\""),
        wrong("random_seed = 1.5", "JOB.conf:2: random_seed: it is \"1.5\"; write a whole number"),
        wrong(
            "repeat = always",
            "JOB.conf:2: repeat: \"always\" is none of [never, on-unknown]; did you mean"
                + " \"never\"?"),
        wrong(
            "caption.endpoint = ${ALICORN_UNSET_NAME}",
            "JOB.conf:2: ${ALICORN_UNSET_NAME} has no value; set it in the environment, or write"
                + " ${?ALICORN_UNSET_NAME}"),
        wrong(
            "caption {",
            "JOB.conf:2: this cannot be read; look for a missing quote, comma or bracket up to"
                + " here"),
        wrong(
            "name = \"x",
            "JOB.conf:2: this cannot be read (string quote was still open); look for a missing"
                + " quote, comma or bracket up to here"));
  }

  static Stream<Arguments> wrongSeeds() {
    return Stream.of(
        wrong(
            "{}",
            "JOB.conf:1: seeds[0]: write exactly one of file, labels, builtin and stream in it"),
        wrong(
            "{ file = a, builtin = quick-start }",
            "JOB.conf:1: seeds[0]: write exactly one of file, labels, builtin and stream in it"),
        wrong(
            "{ flie = a }", "JOB.conf:1: seeds[0].flie is not a key; did you mean seeds[0].file?"),
        wrong("captions.txt", "JOB.conf:1: seeds[0] is not an object; write { key = value }"),
        wrong(
            "{ file = a, templates_per_label = 2 }",
            "JOB.conf:1: seeds[0].templates_per_label: it does not go with file; leave it out"),
        wrong(
            "{ file = a, format = text, group_by = b }",
            "JOB.conf:1: seeds[0].group_by: plain text has no groups; leave it out"),
        wrong(
            "{ file = a, format = text, field = b }",
            "JOB.conf:1: seeds[0].field: a line of plain text is the caption; leave it out"),
        wrong(
            "{ file = a, format = cvs }",
            "JOB.conf:1: seeds[0].format: \"cvs\" is none of [auto, coco, csv, flickr, json, jsonl,"
                + " parquet, text, tsv]; did you mean \"csv\"?"),
        wrong(
            "{ file = a, limit = 0 }",
            "JOB.conf:1: seeds[0].limit: it takes no seed at all; leave the entry out"),
        wrong(
            "{ builtin = quick-start, weight = 0 }",
            "JOB.conf:1: seeds[0].weight: it is 0; write a whole number from 1 to 1000"),
        wrong(
            "{ stream = true, weight = 2 }",
            "JOB.conf:1: seeds[0].weight: it does not go with stream; leave it out"),
        wrong(
            "{ labels = food }",
            "JOB.conf:1: seeds[0].labels: write all, or a list of domains such as [a, b]"),
        wrong(
            "{ labels = [] }",
            "JOB.conf:1: seeds[0].labels: it names no domain; write all, or a list of domains"),
        wrong(
            "{ builtin = quickstart }",
            "JOB.conf:1: seeds[0].builtin: \"quickstart\" is none of [quick-start]; did you mean"
                + " \"quick-start\"?"),
        wrong(
            "{ stream = false }",
            "JOB.conf:1: seeds[0].stream: write true, or leave the entry out"),
        wrong(
            "{ stream = true }, { file = a }",
            "JOB.conf:1: seeds: a stream stands alone, without other sources"));
  }

  @ParameterizedTest
  @MethodSource("wrongJobs")
  void aWrongJobIsOneSentence(String text, String sentence) {
    assertThat(message(text.isEmpty() ? text : SEEDS + text)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @MethodSource("wrongSeeds")
  void aWrongSeedSourceIsOneSentence(String sources, String sentence) {
    assertThat(message("seeds = [ " + sources + " ]")).isEqualTo(sentence);
  }

  @Test
  void aValueOfTheEnvironmentIsNotRepeated() {
    assertThat(message(SEEDS + "caption.max_tokens = ${?PATH}"))
        .isEqualTo(
            "JOB.conf:2: caption.max_tokens: it is the value of an environment variable; write a whole number from"
                + " 0 on, such as 600 or 50M");
  }

  @Test
  void aLongValueIsCutInTheError() {
    assertThat(message(SEEDS + "caption.max_tokens = " + "x".repeat(5_000))).hasSizeLessThan(250);
    assertThat(message(SEEDS + "x".repeat(5_000) + " = 1")).hasSizeLessThan(250);
  }

  @Test
  void jsonOfTheNetworkIsBounded() {
    assertThat(jsonMessage("{\"name\": \"a\",\n \"name\": \"b\"}"))
        .isEqualTo("request:2: this is not JSON that we read: Duplicate field 'name'");
    assertThat(jsonMessage("{\"name\": " + "[".repeat(64) + "]".repeat(64) + "}"))
        .isEqualTo(
            "request: this is beyond what we read; stay within 64 levels, strings of 1 MiB and"
                + " 8 MiB in all");
    assertThat(jsonMessage("name = x")).startsWith("request:1: this is not JSON that we read: ");
    assertThat(jsonMessage("{} {}"))
        .isEqualTo("request: something follows the JSON object; send one object");
    assertThat(jsonMessage("")).contains("not a JSON object");
    assertThat(jsonMessage("[]")).contains("not a JSON object");
    assertThat(jsonMessage("{\"name\": " + "9".repeat(100) + "}"))
        .startsWith("request: this is beyond what we read; ");
    assertThat(jsonMessage("{\"seeds\": [], \"random_seed\": 18446744073709551616}"))
        .startsWith("request:1: ");
  }

  private static Arguments wrong(String text, String sentence) {
    return Arguments.of(text, sentence);
  }

  private static String message(String text) {
    return String.valueOf(
        catchThrowableOfType(ConfigException.class, () -> JobFile.parse(text, "JOB.conf"))
            .getMessage());
  }

  private static String jsonMessage(String text) {
    return String.valueOf(
        catchThrowableOfType(ConfigException.class, () -> JobFile.parseJson(text, "request"))
            .getMessage());
  }
}
