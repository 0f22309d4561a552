package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Task;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptsTest {
  @ParameterizedTest
  @EnumSource
  void endsWithItsOnePlaceholder(Stage stage) {
    String placeholder = stage == Stage.CAPTION ? "{{seed}}" : "{{caption}}";
    assertThat(Prompts.builtin(stage)).endsWith(placeholder).containsOnlyOnce("{{");
  }

  /// A small model on a CPU reads about 180 tokens a second; English has about 1.3 a word.
  @ParameterizedTest
  @EnumSource
  void isShort(Stage stage) {
    int words = Prompts.builtin(stage).split("\\s+").length;
    assertThat(words).isLessThan(85);
  }

  @ParameterizedTest
  @EnumSource
  void showsTheReplyThatItsSchemaAsksFor(Task task) {
    String shape =
        Prompts.builtin(task.stage())
            .lines()
            .filter(line -> line.startsWith("{"))
            .findFirst()
            .orElseThrow();
    ConfigObject reply = ConfigFactory.parseString(shape).root();
    ConfigObject schema = ConfigFactory.parseString(ReplySchemas.of(task)).root();

    assertThat(reply.keySet()).isEqualTo(keys(schema));
    ConfigObject pair = (ConfigObject) reply.toConfig().getObjectList("\"QA Pairs\"").getFirst();
    ConfigObject pairSchema = schema.toConfig().getObject("properties.\"QA Pairs\".items");
    assertThat(pair.keySet()).isEqualTo(keys(pairSchema));
    assertThat(pair.containsKey("Options")).isEqualTo(task == Task.MULTIPLE_CHOICE);
  }

  private static Set<String> keys(ConfigObject schema) {
    return schema.toConfig().getObject("properties").keySet();
  }
}
