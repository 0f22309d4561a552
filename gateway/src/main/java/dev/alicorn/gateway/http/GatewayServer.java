package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.GatewayConfig;
import dev.alicorn.gateway.daemon.Daemon;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/// The daemon's HTTP server.
public final class GatewayServer implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofSeconds(5);
  private static final long BIND_SECONDS_MAX = 10;

  private final ServerBinding binding;
  private final String scheme;
  private final Metrics metrics;

  private GatewayServer(ServerBinding binding, String scheme, Metrics metrics) {
    this.binding = binding;
    this.scheme = scheme;
    this.metrics = metrics;
  }

  /// Listens from now on.
  ///
  /// @throws ConfigException when the file of tokens, the certificate or its key cannot be used
  /// @throws ExecutionException when the address cannot be listened on
  public static GatewayServer bind(Daemon daemon, GatewayConfig config)
      throws ConfigException,
          IOException,
          ExecutionException,
          InterruptedException,
          TimeoutException {
    ActorSystem<?> system = daemon.system();
    ServerBuilder builder =
        Http.get(system).newServerAt(config.host(), config.port()).withSettings(settings(system));
    if (config.tls().isPresent()) {
      builder =
          builder.enableHttps(ConnectionContext.httpsServer(TlsIdentity.load(config.tls().get())));
    }
    Metrics metrics = new Metrics(daemon);
    CompletionStage<ServerBinding> binding = builder.bind(route(daemon, metrics, config));
    return new GatewayServer(
        binding.toCompletableFuture().get(BIND_SECONDS_MAX, TimeUnit.SECONDS),
        config.tls().isPresent() ? "https" : "http",
        metrics);
  }

  private static ServerSettings settings(ActorSystem<?> system) {
    ServerSettings usual = ServerSettings.create(Adapter.toClassic(system));
    return usual
        .withParserSettings(usual.getParserSettings().withMaxContentLength(Answers.BODY_BYTES_MAX))
        .withServerHeader(Optional.empty());
  }

  /// What it is reached at.
  public String url() {
    InetSocketAddress address = binding.localAddress();
    return scheme + "://" + address.getHostString() + ":" + address.getPort();
  }

  private static Route route(Daemon daemon, Metrics metrics, GatewayConfig config)
      throws ConfigException, IOException {
    JobRoutes jobs = new JobRoutes(daemon, new SeedRoots(config.seedRoots()));
    EndpointRoutes endpoints = new EndpointRoutes(daemon);
    Route routes =
        concat(
            new PageRoutes().route(),
            path("livez", () -> get(() -> complete("ok\n"))),
            path("readyz", () -> get(() -> ready(daemon))),
            path("metrics", () -> get(() -> completeWithFuture(metrics.scrape()))),
            path("openapi.json", () -> get(Answers::description)),
            pathPrefix("v1", () -> concat(jobs.route(), endpoints.route())));
    Optional<Tokens> tokens =
        config.tokensFile().isPresent()
            ? Optional.of(Tokens.read(config.tokensFile().get()))
            : Optional.empty();
    return new Guard(new Doorkeeper(config.host()), tokens).before(routes);
  }

  private static Route ready(Daemon daemon) {
    return completeWithFuture(
        Answers.orProblem(
            daemon
                .unready()
                .thenApply(why ->
                    why.map(sentence ->
                            new Problem(StatusCodes.SERVICE_UNAVAILABLE, "not-available", sentence)
                                .response())
                        .orElseGet(() -> HttpResponse.create().withEntity("ok\n")))));
  }

  /// Listens no more; requests under way end within 5 s.
  @Override
  public void close() {
    binding.terminate(END_MAX).toCompletableFuture().join();
    metrics.close();
  }
}
