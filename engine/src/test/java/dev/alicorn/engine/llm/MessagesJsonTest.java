package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.Dialect;
import dev.alicorn.config.Dialect.MessagesSchema;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MessagesJsonTest {
  private static final List<Message> MESSAGES =
      List.of(
          Message.system("Be brief."),
          Message.user("Hi"),
          Message.assistant("Yes?"),
          Message.system("Reply with JSON."),
          Message.user("More"));

  private static final String OPENING =
      "{\"model\":\"claude\",\"max_tokens\":10,\"system\":\"Be brief.\\n\\nReply with JSON.\","
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\","
          + "\"content\":\"Yes?\"},{\"role\":\"user\",\"content\":\"More\"}]";

  @Test
  void theSystemStandsApart() {
    assertThat(written(MessagesSchema.NONE, false)).isEqualTo(OPENING + "}");
    assertThat(written(MessagesSchema.NONE, true)).isEqualTo(OPENING + ",\"temperature\":0.5}");
  }

  @Test
  void theSchemaGoesInTheFormThatTheModelKnows() {
    assertThat(written(MessagesSchema.OUTPUT_CONFIG, false))
        .isEqualTo(
            OPENING
                + ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":"
                + "{\"type\":\"string\"}}}}");
    assertThat(written(MessagesSchema.TOOL, false))
        .isEqualTo(
            OPENING
                + ",\"tools\":[{\"name\":\"reply\",\"description\":\"Takes the reply.\","
                + "\"input_schema\":{\"type\":\"string\",\"maxLength\":9}}],"
                + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"reply\"}}");
  }

  private static String written(MessagesSchema schema, boolean temperature) {
    ChatRequest request =
        new ChatRequest(
            "claude", MESSAGES, 0.5, 10, Optional.of("{\"type\":\"string\",\"maxLength\":9}"));
    return new String(
        MessagesJson.of(request, new Dialect.Messages(schema, temperature)),
        StandardCharsets.UTF_8);
  }
}
