package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.alicorn.protocol.InstructTask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The prompts and schemas that ship with Alicorn.
class BuiltinTasksTest {
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "object", Set.of("type", "properties", "required", "additionalProperties"),
          "array", Set.of("type", "items", "minItems", "maxItems"),
          "string", Set.of("type", "minLength", "maxLength", "enum"));

  static List<InstructTask> tasks() throws ConfigException {
    return BuiltinJobs.quickStart().instruct().tasks();
  }

  @Test
  void areAllInTheQuickStart() throws ConfigException {
    assertThat(tasks()).extracting(task -> task.name().key()).isEqualTo(TaskFolder.BUILTIN);
  }

  @Test
  void aPromptEndsWithItsOnePlaceholder() throws ConfigException {
    assertThat(BuiltinJobs.quickStart().caption().prompt())
        .endsWith("{{seed}}")
        .containsOnlyOnce("{{");
    assertThat(tasks())
        .allSatisfy(
            task -> assertThat(task.prompt()).endsWith("{{caption}}").containsOnlyOnce("{{"));
  }

  /// A small model on a CPU reads about 180 tokens a second; English has about 1.3 a word.
  @Test
  void aPromptIsShort() throws ConfigException {
    Stream.concat(
            Stream.of(BuiltinJobs.quickStart().caption().prompt()),
            tasks().stream().map(InstructTask::prompt))
        .forEach(prompt -> assertThat(prompt.split("\\s+")).hasSizeLessThan(85));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aPromptShowsTheReplyThatItsSchemaAsksFor(InstructTask task) {
    String shape =
        task.prompt().lines().filter(line -> line.startsWith("{")).findFirst().orElseThrow();
    ConfigObject reply = ConfigFactory.parseString(shape).root();
    ConfigObject schema = ConfigFactory.parseString(task.schema()).root();

    assertThat(reply.keySet()).isEqualTo(keys(schema));
    ConfigObject pair = (ConfigObject) reply.toConfig().getObjectList("\"QA Pairs\"").getFirst();
    ConfigObject pairSchema = schema.toConfig().getObject("properties.\"QA Pairs\".items");
    assertThat(pair.keySet()).isEqualTo(keys(pairSchema));
    assertThat(pair.containsKey("Options")).isEqualTo(task.reply().options().isPresent());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aSchemaBoundsEveryValueInPlainWords(InstructTask task) {
    check(schema(task));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aSchemaBoundsWhatTheTaskAsksFor(InstructTask task) {
    Config pairs = schema(task).getConfig("properties.\"QA Pairs\"");
    assertThat(pairs.getInt("minItems")).isEqualTo(task.reply().pairsMin()).isEqualTo(6);
    assertThat(pairs.getInt("maxItems")).isEqualTo(task.reply().pairsMax()).isEqualTo(8);
    assertThat(pairs.getInt("items.properties.Question.maxLength")).isEqualTo(160);
    Config answer = pairs.getConfig("items.properties.Answer");
    switch (task.name().key()) {
      case "multiple_choice" ->
          assertThat(answer.getStringList("enum")).containsExactly("A", "B", "C", "D");
      case "question_answering" -> assertThat(answer.getInt("maxLength")).isEqualTo(200);
      default -> assertThat(answer.getInt("maxLength")).isEqualTo(500);
    }
  }

  @Test
  void aSchemaKeepsTheOrderOfItsKeys() throws ConfigException {
    assertThat(tasks())
        .allSatisfy(task ->
            assertThat(task.schema())
                .startsWith("{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"")
                .containsSubsequence("\"Question\":", "\"Answer\":")
                .doesNotContain("\n"));
  }

  private static Set<String> keys(ConfigObject schema) {
    return schema.toConfig().getObject("properties").keySet();
  }

  private static void check(Config schema) {
    String type = schema.getString("type");
    assertThat(WORDS.get(type)).containsAll(schema.root().keySet());
    switch (type) {
      case "object" -> {
        assertThat(schema.getBoolean("additionalProperties")).isFalse();
        Set<String> properties = schema.getObject("properties").keySet();
        assertThat(Set.copyOf(schema.getStringList("required"))).isEqualTo(properties);
        for (String property : properties) {
          check(schema.getConfig("properties.\"" + property + "\""));
        }
      }
      case "array" -> {
        assertThat(schema.getInt("maxItems")).isPositive();
        check(schema.getConfig("items"));
      }
      default -> assertThat(List.of("maxLength", "enum")).anyMatch(word -> schema.hasPath(word));
    }
  }

  private static Config schema(InstructTask task) {
    return ConfigFactory.parseString(task.schema());
  }
}
