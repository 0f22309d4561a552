package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a user reads who wrote a wrong task: one sentence with place, key and mend.
class TaskErrorsTest {
  private static final String SEEDS = "seeds = [ { builtin = quick-start } ]\n";

  static Stream<Arguments> wrongTasks() {
    return Stream.of(
        wrong(
            "prompt = \"Ask.\"",
            "JOB.conf:3: instruct.tasks.riddle.prompt: the text must contain {{caption}}"),
        wrong(
            "prompt = \"{{caption}} {{seed}}\"",
            "JOB.conf:3: instruct.tasks.riddle.prompt: {{seed}} stands for nothing here; what there is: {{caption}}"),
        wrong(
            "count = -1",
            "JOB.conf:3: instruct.tasks.riddle.count: it is \"-1\"; write a whole number from 0 on,"
                + " such as 600 or 50M"),
        wrong(
            "promt = x",
            "JOB.conf:3: instruct.tasks.riddle.promt is not a key; did you mean"
                + " instruct.tasks.riddle.prompt?"),
        wrong(
            "reply.pair = x",
            "JOB.conf:3: instruct.tasks.riddle.reply.pair is not a key; did you mean"
                + " instruct.tasks.riddle.reply.pairs?"),
        wrong(
            "reply.human = \"Say.\"",
            "JOB.conf:3: instruct.tasks.riddle.reply.human: the text must contain {{question}}"),
        wrong(
            "reply.human = \"{{question}} {{options}}\"",
            "JOB.conf:3: instruct.tasks.riddle.reply.human: {{options}} stands for nothing here;"
                + " what there is: {{question}}"),
        wrong(
            "reply.options = Answer2, reply.answer = Letter",
            "JOB.conf:2: instruct.tasks.riddle.schema: it must describe the key that reply names, \"Answer2\", under items.properties"),
        wrong(
            "reply.options = Answer",
            "JOB.conf:3: instruct.tasks.riddle.reply: the keys [Question, Answer, Answer] must"
                + " differ in more than case, digits and signs"),
        wrong(
            "reply.model = \"{{answers}}\"",
            "JOB.conf:3: instruct.tasks.riddle.reply.model: the text must contain {{answer}}"),
        wrong(
            "reply.model = \"<image> {{answer}}\"",
            "JOB.conf:3: instruct.tasks.riddle.reply: leave <image> out, the first human turn begins"
                + " with it by itself"),
        wrong(
            "reply.pairs_max = 5",
            "JOB.conf:3: instruct.tasks.riddle.reply: 1 <= pairs_min <= pairs_max <= 64, not 6 and"
                + " 5"),
        wrong(
            "reply.pairs = \" \"",
            "JOB.conf:3: instruct.tasks.riddle.reply.pairs: it is \" \"; write a text"),
        wrong(
            "schema = \"{ \\\"type\\\": \"",
            "JOB.conf:3: instruct.tasks.riddle.schema: the schema:1: this is not JSON that we read: Unexpected end-of-input within/between Object entries"),
        wrong(
            "schema = \"[]\"",
            "JOB.conf:3: instruct.tasks.riddle.schema: the schema: this is not a JSON object; write"
                + " { \"key\": value, … }"),
        wrong(
            "schema = \"{}\"",
            "JOB.conf:3: instruct.tasks.riddle.schema: it must describe an object: \"type\":"
                + " \"object\""),
        wrong(
            "reply.pairs = Riddles",
            "JOB.conf:2: instruct.tasks.riddle.schema: it must describe the key that reply names, \"Riddles\", under properties"),
        wrong(
            "reply.question = Clue",
            "JOB.conf:2: instruct.tasks.riddle.schema: it must describe the key that reply names, \"Clue\", under items.properties"),
        wrong(
            "reply.pairs_min = 8",
            "JOB.conf:2: instruct.tasks.riddle.schema: \"QA Pairs\" holds 7 at most, and"
                + " reply.pairs_min asks for 8"),
        wrong(
            "schema = null",
            "JOB.conf:3: instruct.tasks.riddle.schema: it has no value; write a text"));
  }

  static Stream<Arguments> wrongEntries() {
    return Stream.of(
        wrong(
            "riddle = 3",
            "JOB.conf:2: instruct.tasks.riddle: no task of that name ships with Alicorn; did you"
                + " mean multiple_choice? One of your own has a folder, or prompt and schema"),
        wrong(
            "multiple_choice {}",
            "JOB.conf:2: instruct.tasks.multiple_choice.count: it has no value; write a whole"
                + " number from 0 on, such as 600 or 50M"),
        wrong(
            "multiple_choice { count = 1, schema { type = object } }",
            "JOB.conf:2: instruct.tasks.multiple_choice.schema: write it as a text in \"\"\" or"
                + " name a .json file, since an object would lose the order of its keys"),
        wrong(
            "multiple_choice { count = 1, reply.human = \"{{question}}\" }",
            "JOB.conf:2: instruct.tasks.multiple_choice.reply.human: the text must contain"
                + " {{options}}"),
        wrong(
            "multiple_choice { count = 1, reply = 2 }",
            "JOB.conf:2: instruct.tasks.multiple_choice.reply: it is not an object; write reply {"
                + " key = value }"),
        wrong(
            "multiple_choice = [1]",
            "JOB.conf:2: instruct.tasks.multiple_choice is not an object; write { kind = … }"),
        wrong(
            "Riddle { count = 1, prompt = \"{{caption}}\", schema = \"{}\" }",
            "JOB.conf:2: instruct.tasks: a task's name is 1 to 40 of a-z, 0-9 and _, a letter"
                + " first, not \"Riddle\""));
  }

  @ParameterizedTest
  @MethodSource("wrongTasks")
  void aWrongTaskIsOneSentence(String change, String sentence) {
    String task =
        """
        instruct.tasks.riddle { count = 1, prompt = "{{caption}}", reply {}, schema = \"""{"type": "object", "properties": {"QA Pairs": {"type": "array", "maxItems": 7, "items": {"properties": {"Question": {}, "Answer": {}}}}}}\""" }
        instruct.tasks.riddle { %s }
        """
            .formatted(change);
    assertThat(message(task)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @MethodSource("wrongEntries")
  void aWrongEntryIsOneSentence(String entry, String sentence) {
    assertThat(message("instruct.tasks { " + entry + " }")).isEqualTo(sentence);
  }

  @Test
  void aJobOfTheNetworkNamesNoFiles() {
    String job = "{\"seeds\": [{\"stream\": true}],\n\"instruct\": {\"tasks\": {\"riddle\": %s}}}";
    assertThat(jsonMessage(job.formatted("{\"count\": 1, \"folder\": \"/etc\"}")))
        .isEqualTo(
            "request:2: instruct.tasks.riddle.folder: a job that is sent names no files; write the texts themselves");
    assertThat(jsonMessage(job.formatted("{\"count\": 1, \"prompt\": \"/etc/motd.md\"}")))
        .isEqualTo(
            "request:2: instruct.tasks.riddle.prompt: a job that is sent names no files; write the texts themselves");
    assertThat(jsonMessage("{\"seeds\": [], \"caption\": {\"prompt\": \"own.md\"}}"))
        .isEqualTo(
            "request:1: caption.prompt: a job that is sent names no files; write the texts themselves");
  }

  private static Arguments wrong(String text, String sentence) {
    return Arguments.of(text, sentence);
  }

  private static String message(String text) {
    return String.valueOf(
        catchThrowableOfType(ConfigException.class, () -> JobFile.parse(SEEDS + text, "JOB.conf"))
            .getMessage());
  }

  private static String jsonMessage(String text) {
    return String.valueOf(
        catchThrowableOfType(ConfigException.class, () -> JobFile.parseJson(text, "request"))
            .getMessage());
  }
}
