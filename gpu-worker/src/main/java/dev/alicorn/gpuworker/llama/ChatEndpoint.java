package dev.alicorn.gpuworker.llama;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The HTTP face of a language model: OpenAI's chat completions, in one piece.
///
/// A request beyond the slots waits in a bounded queue; beyond that it is turned away with 503 and
/// `Retry-After`.
final class ChatEndpoint implements HttpHandler {
  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LanguageModel model;
  private final String name;
  private final Clock clock;
  private final ThreadPoolExecutor slots;
  private final AtomicLong answers = new AtomicLong();

  ChatEndpoint(LanguageModel model, LlamaServerSettings settings, Clock clock) {
    this.model = model;
    this.name = settings.name();
    this.clock = clock;
    this.slots =
        new ThreadPoolExecutor(
            settings.slots(),
            settings.slots(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queueRequests()),
            Thread.ofPlatform().daemon().name("slot-", 1).factory());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        send(exchange, 200, route(exchange));
      } catch (RequestException e) {
        if (e.status() == 503) {
          exchange.getResponseHeaders().set("Retry-After", "2");
        }
        send(exchange, e.status(), error(e));
      }
    }
  }

  private ObjectNode route(HttpExchange exchange) throws IOException, RequestException {
    String path = exchange.getRequestURI().getPath();
    String wanted = path.equals("/v1/chat/completions") ? "POST" : "GET";
    boolean allowed = exchange.getRequestMethod().equals(wanted);
    return switch (path) {
      case String _ when !allowed ->
          throw new RequestException(405, "method_not_allowed", path + ": use " + wanted);
      case "/v1/chat/completions" -> complete(exchange);
      case "/v1/models" -> models();
      case "/health" -> JSON.createObjectNode().put("status", "ok");
      default ->
          throw new RequestException(
              404, "not_found", path + ": there are /v1/chat/completions, /v1/models and /health");
    };
  }

  private ObjectNode complete(HttpExchange exchange) throws IOException, RequestException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw new RequestException(
          413, "body_too_large", "the body has more than %d bytes".formatted(BODY_BYTES_MAX));
    }
    ChatRequest request = ChatRequest.parse(body, name);
    Future<LanguageModel.Answer> answer;
    try {
      answer = slots.submit(() -> model.answer(request));
    } catch (RejectedExecutionException _) {
      throw new RequestException(503, "overloaded", "all slots and the queue are full: try again");
    }
    try {
      return completion(answer.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RequestException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode completion(LanguageModel.Answer answer) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", "chatcmpl-" + answers.incrementAndGet())
            .put("object", "chat.completion")
            .put("created", clock.instant().getEpochSecond())
            .put("model", name);
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", answer.text());
    choice.put("finish_reason", answer.cut() ? "length" : "stop");
    json.putObject("usage")
        .put("prompt_tokens", answer.promptTokens())
        .put("completion_tokens", answer.answerTokens())
        .put("total_tokens", answer.promptTokens() + answer.answerTokens());
    return json;
  }

  private ObjectNode models() {
    ObjectNode json = JSON.createObjectNode().put("object", "list");
    json.putArray("data")
        .addObject()
        .put("id", name)
        .put("object", "model")
        .put("owned_by", "alicorn");
    return json;
  }

  private static ObjectNode error(RequestException e) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("error")
        .put("message", e.getMessage())
        .put("type", e.status() < 500 ? "invalid_request_error" : "server_error")
        .put("code", e.code());
    return json;
  }

  private static void send(HttpExchange exchange, int status, ObjectNode json) throws IOException {
    byte[] body = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
