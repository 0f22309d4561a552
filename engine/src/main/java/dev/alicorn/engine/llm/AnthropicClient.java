package dev.alicorn.engine.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.Dialect;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import dev.alicorn.protocol.FailureCause;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/// The client for endpoints that speak Anthropic's messages.
final class AnthropicClient implements LlmClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Capabilities USUAL =
      new Capabilities(Known.UNKNOWN, Known.NO, Known.NO, Known.YES);

  private final EndpointSettings endpoint;
  private final Dialect.Messages dialect;
  private final EndpointHttp http;

  AnthropicClient(EndpointSettings endpoint, Dialect.Messages dialect, ActorSystem<?> system) {
    this.endpoint = endpoint;
    this.dialect = dialect;
    this.http = new EndpointHttp(endpoint, Api.ANTHROPIC_MESSAGES, system);
  }

  @Override
  public CompletionStage<LlmAnswer.Attempt> call(ChatRequest request) {
    return http.call(MessagesJson.of(request, dialect));
  }

  /// Asks for the model itself, since the list of models lacks the aliases.
  @Override
  public CompletionStage<Probe> probe() {
    return http.look("/models/" + URLEncoder.encode(endpoint.model(), StandardCharsets.UTF_8))
        .thenCompose(attempt ->
            switch (attempt) {
              case LlmAnswer.Replied replied ->
                  CompletableFuture.completedStage(ready(replied.body()));
              case LlmAnswer.Failed failed ->
                  http.complaint(failed)
                      .<CompletionStage<Probe>>map(complaint ->
                          CompletableFuture.completedStage(new Probe.NotReady(complaint)))
                      .orElseGet(() -> withoutModel(failed));
            });
  }

  private Probe ready(Bytes model) {
    return new Findings(endpoint, USUAL.withJsonSchema(schema(model)), Optional.empty()).ready();
  }

  private CompletionStage<Probe> withoutModel(LlmAnswer.Failed failed) {
    return failed.cause() == FailureCause.NOT_FOUND
        ? http.look("/models?limit=1000").thenApply(this::lacking)
        : CompletableFuture.completedStage(new Findings(endpoint, USUAL, Optional.empty()).ready());
  }

  private Probe lacking(LlmAnswer.Attempt list) {
    Optional<ModelList> models =
        list instanceof LlmAnswer.Replied replied
            ? ModelList.read(replied.body())
            : Optional.empty();
    return new Findings(endpoint, USUAL, models.filter(known -> !known.has(endpoint.model())))
        .ready();
  }

  /// Whether the model takes an `output_config`; a tool is taken by all.
  private Known schema(Bytes model) {
    if (dialect.schema() != Dialect.MessagesSchema.OUTPUT_CONFIG) {
      return Known.UNKNOWN;
    }
    try {
      JsonNode supported =
          JSON.readTree(model.utf8()).path("capabilities").path("structured_outputs");
      JsonNode said = supported.path("supported");
      return said.isBoolean() ? Known.of(said.booleanValue()) : Known.UNKNOWN;
    } catch (JsonProcessingException _) {
      return Known.UNKNOWN;
    }
  }
}
