package dev.alicorn.gpuworker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real server with the real model: one slot of 512 tokens, and one place in the queue.
class LlamaServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LlamaProcess process;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    process = LlamaProcess.start(LocalModel.settings(LocalModel.file()));
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    process.close();
  }

  @Test
  void answersAChat() throws Exception {
    HttpResponse<String> response =
        ask("{\"model\":\"small\",\"temperature\":0,\"max_tokens\":30,%s}", "Say hello to Ann.");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode json = JSON.readTree(response.body());
    assertThat(json.path("object").asText()).isEqualTo("chat.completion");
    assertThat(json.path("model").asText()).isEqualTo("small");
    JsonNode choice = json.path("choices").path(0);
    assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
    assertThat(choice.path("message").path("content").asText()).isNotBlank().doesNotContain("<|");
    assertThat(choice.path("finish_reason").asText()).isIn("stop", "length");
    JsonNode usage = json.path("usage");
    assertThat(usage.path("prompt_tokens").asInt()).isBetween(10, 60);
    assertThat(usage.path("completion_tokens").asInt()).isBetween(1, 31);
    assertThat(usage.path("total_tokens").asInt())
        .isEqualTo(usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt());
  }

  @Test
  void saysThatAnAnswerWasCut() throws Exception {
    JsonNode json = JSON.readTree(ask("{\"max_tokens\":3,%s}", "Describe a market street.").body());
    assertThat(json.path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
    assertThat(json.path("usage").path("completion_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void holdsAnAnswerToItsSchema() throws Exception {
    HttpResponse<String> response =
        ask(
            """
            {"max_tokens": 200, "response_format": {"type": "json_schema", "json_schema": {"schema":
              {"type": "object", "properties": {
                 "QA Pairs": {"type": "array", "minItems": 2, "maxItems": 2,
                    "items": {"type": "string", "minLength": 1, "maxLength": 20}},
                 "Count": {"type": "integer"},
                 "Answer": {"enum": ["A \\"quoted\\" one", "B"]}}}}}, %s}\
            """,
            "Ask two questions about a dog.");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode choice = JSON.readTree(response.body()).path("choices").path(0);
    JsonNode answer = JSON.readTree(choice.path("message").path("content").textValue());
    assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
    assertThat(answer.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("QA Pairs", "Count", "Answer");
    assertThat(answer.path("QA Pairs")).hasSize(2);
    assertThat(answer.path("Count").isIntegralNumber()).isTrue();
    assertThat(answer.path("Answer").asText()).isIn("A \"quoted\" one", "B");
  }

  @Test
  void outlivesASchemaThatTheNativeLibraryDoesNot() throws Exception {
    for (String schema :
        List.of("{\"type\":\"foo\"}", "{\"type\":\"string\",\"pattern\":\"^(?=a)b$\"}")) {
      HttpResponse<String> response =
          ask(
              "{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":"
                  + schema
                  + "}},%s}",
              "x");
      assertError(response, 400, "invalid_request");
    }
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAPromptBeyondItsContext() throws Exception {
    HttpResponse<String> response = ask("{%s}", "dog ".repeat(600));
    assertError(response, 400, "context_length_exceeded");
  }

  @Test
  void turnsAwayWhatItsQueueCannotHold() {
    String slow =
        body(
            "{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"string\",\"minLength\":250,\"maxLength\":250}}},%s}",
            "Write.");
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      responses.add(http.sendAsync(post(slow), HttpResponse.BodyHandlers.ofString()));
    }
    List<HttpResponse<String>> answers = responses.stream().map(CompletableFuture::join).toList();
    assertThat(answers.stream().filter(each -> each.statusCode() == 200)).hasSize(2);
    assertThat(answers.stream().filter(each -> each.statusCode() != 200))
        .hasSize(4)
        .allSatisfy(each -> {
          assertError(each, 503, "overloaded");
          assertThat(each.headers().firstValue("Retry-After")).hasValue("2");
        });
  }

  @Test
  void listsItsModel() throws Exception {
    assertThat(JSON.readTree(get("/v1/models").body()).path("data").path(0).path("id").asText())
        .isEqualTo("small");
  }

  @Test
  void namesThePathsItHas() throws Exception {
    assertError(get("/v2"), 404, "not_found");
    assertError(get("/v1/chat/completions"), 405, "method_not_allowed");
  }

  private static void assertError(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(response.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotBlank();
  }

  private static String body(String template, String text) {
    return template.formatted(
        "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]".formatted(text));
  }

  private static HttpResponse<String> ask(String template, String text)
      throws IOException, InterruptedException {
    return http.send(post(body(template, text)), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest post(String body) {
    return HttpRequest.newBuilder(URI.create(process.url() + "/chat/completions"))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(process.url().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
