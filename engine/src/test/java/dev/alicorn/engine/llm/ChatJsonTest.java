package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.Dialect;
import dev.alicorn.config.Dialect.ChatSchema;
import dev.alicorn.config.Dialect.OutputLimit;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChatJsonTest {
  private static final ChatRequest REQUEST =
      new ChatRequest(
          "scripted",
          List.of(Message.system("Reply with JSON."), Message.user("QA Pairs, please")),
          0,
          10,
          Optional.of("{\"type\":\"string\",\"maxLength\":9}"));

  private static final String OPENING =
      "{\"model\":\"scripted\",\"messages\":[{\"role\":\"system\",\"content\":\"Reply with"
          + " JSON.\"},{\"role\":\"user\",\"content\":\"QA Pairs, please\"}],";

  @Test
  void theSchemaGoesInTheFormThatTheServerKnows() {
    String numbers = "\"temperature\":0.0,\"max_tokens\":10,\"stream\":false";
    String format =
        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"reply\","
            + "\"strict\":true,\"schema\":";

    assertThat(written(ChatSchema.RESPONSE_FORMAT))
        .isEqualTo(OPENING + numbers + format + "{\"type\":\"string\",\"maxLength\":9}}}}");
    assertThat(written(ChatSchema.STRICT))
        .isEqualTo(OPENING + numbers + format + "{\"type\":\"string\"}}}}");
    assertThat(written(ChatSchema.GUIDED_JSON))
        .isEqualTo(OPENING + numbers + ",\"guided_json\":{\"type\":\"string\",\"maxLength\":9}}");
    assertThat(written(ChatSchema.NONE)).isEqualTo(OPENING + numbers + "}");
  }

  @Test
  void theNumbersGoAsTheDialectHasThem() throws IOException {
    Dialect.Chat reasoning =
        new Dialect.Chat(OutputLimit.MAX_COMPLETION_TOKENS, ChatSchema.NONE, false, true);

    JsonNode json = json(REQUEST, reasoning);

    assertThat(json.path("max_completion_tokens").asInt()).isEqualTo(10);
    assertThat(json.has("max_tokens")).isFalse();
    assertThat(json.has("temperature")).isFalse();
    assertThat(json.path("seed").isInt()).isTrue();
    assertThat(json.path("seed").asInt()).isNotNegative();
  }

  @Test
  void theSameMessagesHaveTheSameSeed() throws IOException {
    Dialect.Chat seeded = new Dialect.Chat(OutputLimit.MAX_TOKENS, ChatSchema.NONE, true, true);
    ChatRequest hotter =
        new ChatRequest("scripted", REQUEST.messages(), 1, 20, REQUEST.jsonSchema());
    ChatRequest other =
        new ChatRequest(
            "scripted", List.of(Message.user("QA Pairs, please")), 0, 10, Optional.empty());

    assertThat(json(REQUEST, seeded).path("seed")).isEqualTo(json(hotter, seeded).path("seed"));
    assertThat(json(REQUEST, seeded).path("seed")).isNotEqualTo(json(other, seeded).path("seed"));
  }

  @Test
  void anyTextIsCarriedWhole() throws IOException {
    String odd = "quote \" backslash \\ newline \n NUL \u0000 \u202E and \uD83E\uDD84";
    ChatRequest request =
        new ChatRequest("m", List.of(Message.user(odd)), 0.7, 1, Optional.empty());

    assertThat(json(request, Endpoints.CHAT).at("/messages/0/content").asText()).isEqualTo(odd);
  }

  private static String written(ChatSchema schema) {
    Dialect.Chat dialect = new Dialect.Chat(OutputLimit.MAX_TOKENS, schema, true, false);
    return new String(ChatJson.of(REQUEST, dialect), StandardCharsets.UTF_8);
  }

  private static JsonNode json(ChatRequest request, Dialect.Chat dialect) throws IOException {
    return new ObjectMapper().readTree(ChatJson.of(request, dialect));
  }
}
