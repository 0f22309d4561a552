package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RequestJsonTest {
  @Test
  void theSchemaGoesOnlyWhereItIsUnderstood() {
    ChatRequest request =
        new ChatRequest(
            "scripted",
            List.of(Message.system("Reply with JSON."), Message.user("QA Pairs, please")),
            0,
            10,
            Optional.of("{\"type\":\"object\"}"));

    String told = new String(RequestJson.of(request, true), StandardCharsets.UTF_8);
    String untold = new String(RequestJson.of(request, false), StandardCharsets.UTF_8);

    assertThat(told)
        .isEqualTo(
            "{\"model\":\"scripted\",\"messages\":[{\"role\":\"system\",\"content\":\"Reply with"
                + " JSON.\"},{\"role\":\"user\",\"content\":\"QA Pairs, please\"}],"
                + "\"temperature\":0.0,\"max_tokens\":10,\"stream\":false,\"response_format\":"
                + "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"reply\",\"strict\":true,"
                + "\"schema\":{\"type\":\"object\"}}}}");
    assertThat(untold).doesNotContain("response_format");
  }

  @Test
  void anyTextIsCarriedWhole() throws IOException {
    String odd = "quote \" backslash \\ newline \n NUL \u0000 \u202E and \uD83E\uDD84";
    ChatRequest request =
        new ChatRequest("m", List.of(Message.user(odd)), 0.7, 1, Optional.empty());

    assertThat(
            new ObjectMapper()
                .readTree(RequestJson.of(request, true))
                .at("/messages/0/content")
                .asText())
        .isEqualTo(odd);
  }
}
