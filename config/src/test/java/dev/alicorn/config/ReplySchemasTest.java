package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.alicorn.protocol.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplySchemasTest {
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "object", Set.of("type", "properties", "required", "additionalProperties"),
          "array", Set.of("type", "items", "minItems", "maxItems"),
          "string", Set.of("type", "minLength", "maxLength", "enum"));

  @ParameterizedTest
  @EnumSource
  void boundsEveryValueInPlainWords(Task task) {
    check(schema(task));
  }

  @Test
  void boundsWhatTheTasksAskFor() {
    for (Task task : Task.values()) {
      Config pairs = schema(task).getConfig("properties.\"QA Pairs\"");
      assertThat(pairs.getInt("minItems")).isEqualTo(6);
      assertThat(pairs.getInt("maxItems")).isEqualTo(8);
      assertThat(pairs.getInt("items.properties.Question.maxLength")).isEqualTo(160);
    }
    assertThat(answer(Task.MULTIPLE_CHOICE).getStringList("enum"))
        .containsExactly("A", "B", "C", "D");
    assertThat(answer(Task.QUESTION_ANSWERING).getInt("maxLength")).isEqualTo(200);
    assertThat(answer(Task.COMPLEX_REASONING).getInt("maxLength")).isEqualTo(500);
  }

  @Test
  void isCompactJson() {
    assertThat(ReplySchemas.of(Task.QUESTION_ANSWERING))
        .startsWith("{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"")
        .doesNotContain("\n");
  }

  private static Config answer(Task task) {
    return schema(task).getConfig("properties.\"QA Pairs\".items.properties.Answer");
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

  private static Config schema(Task task) {
    return ConfigFactory.parseString(ReplySchemas.of(task));
  }
}
