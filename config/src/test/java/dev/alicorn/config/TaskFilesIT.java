package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.TaskName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that lie in folders and files beside their job.
class TaskFilesIT {
  private static final String SCHEMA =
      """
      {"type": "object", "properties": {"riddles": {"type": "array",
        "items": {"properties": {"clue": {}, "thing": {}}}}}}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeTask() throws IOException {
    Files.createDirectories(folder.resolve("tasks/riddle"));
    write(
        "tasks/riddle/task.conf",
        "reply { pairs = riddles, question = clue, answer = thing\n pairs_min = 2 }");
    write("tasks/riddle/prompt.md", "Write riddles.\n\nImage: {{caption}}\n");
    write("tasks/riddle/schema.json", SCHEMA);
  }

  @Test
  void aFolderIsATask() throws Exception {
    JobSpec spec = job("riddle { count = 2, folder = tasks/riddle }, multiple_choice = 3");

    InstructTask task = spec.instruct().task(new TaskName("riddle"));
    assertThat(task)
        .isEqualTo(
            new InstructTask(
                new TaskName("riddle"),
                2,
                "Write riddles.\n\nImage: {{caption}}",
                JsonText.compact(SCHEMA),
                new InstructTask.Reply(
                    "riddles",
                    "clue",
                    Optional.empty(),
                    "thing",
                    "{{question}}",
                    "{{answer}}",
                    2,
                    8)));
    assertThat(JobSpecJson.read(JobSpecJson.write(spec))).isEqualTo(spec);
    assertThat(JobFile.parseJson(JobSpecJson.write(spec), "request")).isEqualTo(spec);
  }

  @Test
  void whatTheJobSaysGoesBeforeTheFolder() throws Exception {
    InstructTask task =
        job("riddle { count = 2, folder = tasks/riddle, prompt = \"{{caption}}?\","
                + " reply { pairs_min = 3, model = \"A {{answer}}.\" } }")
            .instruct()
            .task(new TaskName("riddle"));

    assertThat(task.prompt()).isEqualTo("{{caption}}?");
    assertThat(task.reply().pairs()).isEqualTo("riddles");
    assertThat(task.reply().pairsMin()).isEqualTo(3);
    assertThat(task.reply().model()).isEqualTo("A {{answer}}.");
  }

  @Test
  void aPromptAndASchemaMayBeFiles() throws Exception {
    write("mine.md", "Choose: {{caption}}\n");
    write("caption.md", "Describe {{seed}}");
    JobSpec builtin = job("multiple_choice = 3");
    JobSpec spec = job("multiple_choice { count = 3, prompt = mine.md }");
    TaskName name = new TaskName("multiple_choice");

    assertThat(spec.instruct().task(name).prompt()).isEqualTo("Choose: {{caption}}");
    assertThat(spec.instruct().task(name).schema())
        .isEqualTo(builtin.instruct().task(name).schema());
    assertThat(spec.instruct().task(name).reply()).isEqualTo(builtin.instruct().task(name).reply());
    assertThat(job("", "caption.prompt = caption.md").caption().prompt())
        .isEqualTo("Describe {{seed}}");
    assertThat(
            job("riddle { count = 1, folder = tasks/riddle, schema = tasks/riddle/schema.json }")
                .instruct()
                .tasks()
                .getFirst()
                .schema())
        .isEqualTo(JsonText.compact(SCHEMA));
  }

  @Test
  void whatIsMissingIsOneSentenceWithFileAndKey() throws IOException {
    assertFails(
        "riddle { count = 1, folder = tasks/ridle }",
        "job.conf:2: instruct.tasks.riddle.folder: "
            + folder.resolve("tasks/ridle/task.conf")
            + ": there is no such file that can be read; check its name");
    assertFails(
        "multiple_choice { count = 1, prompt = gone.md }",
        "job.conf:2: instruct.tasks.multiple_choice.prompt: "
            + folder.resolve("gone.md")
            + ": there is no such file that can be read; check its name");
    Files.delete(folder.resolve("tasks/riddle/schema.json"));
    assertFails(
        "riddle { count = 1, folder = tasks/riddle }",
        "job.conf:2: instruct.tasks.riddle.folder: "
            + folder.resolve("tasks/riddle/schema.json")
            + ": there is no such file that can be read; check its name");
  }

  @Test
  void whatIsWrongInAFileIsSaidOfTheFile() throws IOException {
    write("tasks/riddle/prompt.md", "{{capton}}");
    assertFails(
        "riddle { count = 1, folder = tasks/riddle }",
        "tasks/riddle/prompt.md: instruct.tasks.riddle.prompt: the text must contain {{caption}}");
    write("tasks/riddle/prompt.md", "{{caption}}");
    write("tasks/riddle/schema.json", "{\"type\": \"object\"}");
    assertFails(
        "riddle { count = 1, folder = tasks/riddle }",
        "tasks/riddle/schema.json: instruct.tasks.riddle.schema: it must describe the key that"
            + " reply names, \"riddles\", under properties");
    write("tasks/riddle/task.conf", "\nreplay { pairs = riddles }");
    assertFails(
        "riddle { count = 1, folder = tasks/riddle }",
        "job.conf:2: instruct.tasks.riddle.folder: "
            + folder.resolve("tasks/riddle/task.conf")
            + ":2: replay is not a key; did you mean reply?");
    write("tasks/riddle/task.conf", "reply {\n pear = riddles }");
    assertFails(
        "riddle { count = 1, folder = tasks/riddle }",
        "tasks/riddle/task.conf:2: instruct.tasks.riddle.reply.pear is not a key; did you mean"
            + " instruct.tasks.riddle.reply.pairs?");
  }

  private void assertFails(String tasks, String sentence) {
    assertThatThrownBy(() -> job(tasks))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            folder.resolve(sentence.substring(0, sentence.indexOf(':')))
                + sentence.substring(sentence.indexOf(':')));
  }

  private JobSpec job(String tasks) throws Exception {
    return job(tasks, "");
  }

  private JobSpec job(String tasks, String more) throws Exception {
    return JobFile.load(
            write(
                "job.conf",
                "seeds = [ { builtin = quick-start } ]\ninstruct.tasks { %s }\n%s"
                    .formatted(tasks, more)))
        .spec();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
