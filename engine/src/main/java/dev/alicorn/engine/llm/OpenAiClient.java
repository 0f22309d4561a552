package dev.alicorn.engine.llm;

import dev.alicorn.engine.prompt.ChatRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.jspecify.annotations.Nullable;

/// The client for endpoints that speak OpenAI's chat completions.
///
/// The key is bound to the first origin that the endpoint's `url` gives: a later other origin is
/// called without it. Redirects are not followed.
final class OpenAiClient implements LlmClient {
  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(10);
  private static final Duration CONNECT_DEADLINE_MAX = Duration.ofSeconds(10);

  /// Shorter than the 5 s after which common servers hang up on an idle connection, so that no call
  /// meets a connection that is being closed.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private static final int OPEN_REQUESTS_MIN = 32;

  private final EndpointSettings endpoint;
  private final ActorSystem<?> system;
  private final Http http;
  private final ConnectionPoolSettings pool;
  private final Optional<String> key;
  private final Scrubber scrubber;
  private @Nullable String keyOrigin;
  private volatile @Nullable Target target;

  OpenAiClient(EndpointSettings endpoint, ActorSystem<?> system) {
    this.endpoint = endpoint;
    this.system = system;
    this.http = Http.get(system);
    this.pool = poolSettings(endpoint, system);
    this.key = endpoint.key().map(supplier -> supplier.get());
    this.scrubber = new Scrubber(key);
  }

  private static ConnectionPoolSettings poolSettings(
      EndpointSettings endpoint, ActorSystem<?> system) {
    ConnectionPoolSettings defaults = ConnectionPoolSettings.create(system.classicSystem());
    Duration connect =
        endpoint.callDeadline().compareTo(CONNECT_DEADLINE_MAX) < 0
            ? endpoint.callDeadline()
            : CONNECT_DEADLINE_MAX;
    return defaults
        .withMaxConnections(endpoint.inFlightMax())
        .withMaxOpenRequests(
            Math.max(OPEN_REQUESTS_MIN, Integer.highestOneBit(endpoint.inFlightMax()) * 4))
        .withMaxRetries(0)
        // An endpoint that is away is waited for by its pool actor, not here.
        .withBaseConnectionBackoff(Duration.ZERO)
        .withKeepAliveTimeout(KEEP_ALIVE)
        .withResponseEntitySubscriptionTimeout(CONNECT_DEADLINE_MAX)
        .withConnectionSettings(
            defaults
                .getConnectionSettings()
                .withConnectingTimeout(connect)
                // Frees the connection of a call that its deadline has ended.
                .withIdleTimeout(endpoint.callDeadline())
                .withParserSettings(
                    defaults
                        .getConnectionSettings()
                        .getParserSettings()
                        .withIllegalHeaderWarnings(false)
                        .withModeledHeaderParsing(false)));
  }

  @Override
  public CompletionStage<LlmAnswer.Attempt> call(ChatRequest request) {
    HttpRequest chat =
        target()
            .chat()
            .withEntity(
                HttpEntities.create(
                    ContentTypes.APPLICATION_JSON, RequestJson.of(request, endpoint.jsonSchema())));
    return exchange(chat, endpoint.callDeadline());
  }

  @Override
  public CompletionStage<Optional<String>> probe() {
    Target where = target();
    return exchange(where.models(), PROBE_DEADLINE)
        .thenApply(attempt ->
            switch (attempt) {
              case LlmAnswer.Replied _ -> Optional.empty();
              case LlmAnswer.Failed failed -> complaint(failed, where.base());
            });
  }

  private CompletionStage<LlmAnswer.Attempt> exchange(HttpRequest request, Duration deadline) {
    Exchange exchange = new Exchange(system, scrubber, endpoint.responseBytesMax(), deadline);
    return exchange.run(http.singleRequest(request, Tls.CLIENT, pool, NoLogging.getInstance()));
  }

  private Optional<String> complaint(LlmAnswer.Failed failed, URI base) {
    String where = "endpoint " + endpoint.name() + " at " + Target.origin(base) + ": ";
    String mend = "endpoints." + endpoint.name();
    return switch (failed.cause()) {
      case NOT_SENT ->
          Optional.of(
              where
                  + failed.detail()
                  + "; start it, or mend "
                  + mend
                  + ".url in the configuration");
      case UNKNOWN_OUTCOME, CUT_BODY ->
          Optional.of(where + failed.detail() + "; see whether it works, or mend " + mend + ".url");
      case UNAUTHORIZED ->
          Optional.of(
              where + "the key was refused (" + failed.status() + "); set " + mend + ".key");
      case OUT_OF_MONEY ->
          Optional.of(where + "no money is left on the account (" + failed.detail() + ")");
      case NOT_FOUND ->
          failed.status() >= 300 && failed.status() < 400
              ? Optional.of(where + "it redirects, which is not followed; mend " + mend + ".url")
              : Optional.empty();
      case RATE_LIMITED,
          REFUSED_REQUEST,
          CONTENT_FILTERED,
          SERVER_ERROR,
          UNUSABLE_REPLY,
          BODY_TOO_LARGE ->
          Optional.empty();
    };
  }

  private Target target() {
    URI url = endpoint.url().get();
    Target known = target;
    return known != null && known.base().equals(url) ? known : moved(url);
  }

  private synchronized Target moved(URI url) {
    String origin = Target.origin(url);
    if (keyOrigin == null) {
      keyOrigin = origin;
    }
    Target made =
        Target.of(endpoint.name(), url, origin.equals(keyOrigin) ? key : Optional.empty());
    target = made;
    return made;
  }
}
