package dev.alicorn.engine.llm;

import dev.alicorn.config.Dialect;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/// The client for endpoints that speak OpenAI's chat completions.
final class OpenAiClient implements LlmClient {
  private final EndpointSettings endpoint;
  private final Dialect.Chat dialect;
  private final EndpointHttp http;

  OpenAiClient(EndpointSettings endpoint, Dialect.Chat dialect, ActorSystem<?> system) {
    this.endpoint = endpoint;
    this.dialect = dialect;
    this.http = new EndpointHttp(endpoint, Api.OPENAI_CHAT, system);
  }

  @Override
  public CompletionStage<LlmAnswer.Attempt> call(ChatRequest request) {
    return http.call(ChatJson.of(request, dialect));
  }

  @Override
  public CompletionStage<Probe> probe() {
    return http.look("/models")
        .thenApply(attempt ->
            switch (attempt) {
              case LlmAnswer.Replied replied -> ready(ModelList.read(replied.body()));
              case LlmAnswer.Failed failed ->
                  http.complaint(failed)
                      .<Probe>map(Probe.NotReady::new)
                      .orElseGet(() -> ready(Optional.empty()));
            });
  }

  private Probe ready(Optional<ModelList> models) {
    Capabilities said =
        models.map(list -> list.capabilities(endpoint.model())).orElse(Capabilities.UNKNOWN);
    return new Findings(
            endpoint,
            dialect.seed() ? said.withSeed(Known.YES) : said,
            models.filter(list -> !list.has(endpoint.model())))
        .ready();
  }
}
