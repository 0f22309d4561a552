package dev.alicorn.engine.llm;

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

/// An endpoint's HTTP side, which clients of every wire format have: its connections, its deadlines
/// and its key.
///
/// The key is bound to the first origin that the endpoint's `url` gives: a later other origin is
/// called without it. Redirects are not followed.
final class EndpointHttp {
  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(10);

  /// Frees the connection of a look that its deadline has ended: until then nothing can be closed.
  private static final Duration PROBE_IDLE_MAX = PROBE_DEADLINE.plusSeconds(1);

  private static final Duration CONNECT_DEADLINE_MAX = Duration.ofSeconds(10);

  /// The longest list of models that is known has a thousand of 2 kB each.
  private static final long PROBE_BYTES_MAX = 8 << 20;

  /// Shorter than the 5 s after which common servers hang up on an idle connection, so that no call
  /// meets a connection that is being closed.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private static final int OPEN_REQUESTS_MIN = 32;

  private final EndpointSettings endpoint;
  private final Api api;
  private final ActorSystem<?> system;
  private final Http http;
  private final ConnectionPoolSettings pool;
  private final ConnectionPoolSettings lookPool;
  private final Optional<String> key;
  private final Scrubber scrubber;
  private @Nullable String keyOrigin;
  private volatile @Nullable Target target;

  EndpointHttp(EndpointSettings endpoint, Api api, ActorSystem<?> system) {
    this.endpoint = endpoint;
    this.api = api;
    this.system = system;
    this.http = Http.get(system);
    this.pool = poolSettings(endpoint, system);
    this.lookPool =
        pool.withConnectionSettings(pool.getConnectionSettings().withIdleTimeout(PROBE_IDLE_MAX));
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

  /// Makes a call.
  ///
  /// @param json the request's body, UTF-8
  CompletionStage<LlmAnswer.Attempt> call(byte[] json) {
    return exchange(
        target().call().withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, json)),
        pool,
        endpoint.responseBytesMax(),
        endpoint.callDeadline());
  }

  /// Looks at something of the API that costs nothing.
  CompletionStage<LlmAnswer.Attempt> look(String path) {
    return exchange(target().look(path), lookPool, PROBE_BYTES_MAX, PROBE_DEADLINE);
  }

  /// What is wrong with the endpoint where a look at it failed, and how to mend it: one sentence,
  /// or none where calls may go well all the same.
  Optional<String> complaint(LlmAnswer.Failed failed) {
    String where = "endpoint " + endpoint.name() + " at " + Target.origin(target().base()) + ": ";
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

  private CompletionStage<LlmAnswer.Attempt> exchange(
      HttpRequest request,
      ConnectionPoolSettings connections,
      long bodyBytesMax,
      Duration deadline) {
    Exchange exchange = new Exchange(system, scrubber, bodyBytesMax, deadline);
    return exchange.run(
        http.singleRequest(request, Tls.CLIENT, connections, NoLogging.getInstance()));
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
        Target.of(endpoint.name(), url, api, origin.equals(keyOrigin) ? key : Optional.empty());
    target = made;
    return made;
  }
}
