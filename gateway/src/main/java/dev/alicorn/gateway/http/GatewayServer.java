package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import dev.alicorn.config.GatewayConfig;
import dev.alicorn.gateway.daemon.Daemon;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Allow;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.MalformedRequestContentRejection;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.Rejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.server.UnsupportedRequestContentTypeRejection;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/// The daemon's HTTP server.
public final class GatewayServer implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofSeconds(5);
  private static final long BIND_SECONDS_MAX = 10;
  private static final long BODY_BYTES_MAX = 1 << 20;

  private final ServerBinding binding;

  private GatewayServer(ServerBinding binding) {
    this.binding = binding;
  }

  /// Listens from now on.
  ///
  /// @throws ExecutionException when the address cannot be listened on
  public static GatewayServer bind(Daemon daemon, GatewayConfig config)
      throws ExecutionException, InterruptedException, TimeoutException {
    ActorSystem<?> system = daemon.system();
    CompletionStage<ServerBinding> binding =
        Http.get(system)
            .newServerAt(config.host(), config.port())
            .withSettings(settings(system))
            .bind(route(daemon, config));
    return new GatewayServer(binding.toCompletableFuture().get(BIND_SECONDS_MAX, TimeUnit.SECONDS));
  }

  private static ServerSettings settings(ActorSystem<?> system) {
    ServerSettings usual = ServerSettings.create(Adapter.toClassic(system));
    return usual
        .withParserSettings(usual.getParserSettings().withMaxContentLength(BODY_BYTES_MAX))
        .withServerHeader(Optional.empty());
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return binding.localAddress();
  }

  private static Route route(Daemon daemon, GatewayConfig config) {
    String start = Long.toString(Instant.now().toEpochMilli());
    JobRoutes jobs = new JobRoutes(daemon, new SeedRoots(config.seedRoots()), start);
    Route routes =
        concat(
            path("livez", () -> get(() -> complete("ok"))),
            path("readyz", () -> get(() -> complete("ok"))),
            pathPrefix("v1", jobs::route));
    return guarded(new Doorkeeper(config.host()), routes)
        .seal(rejections(), ExceptionHandler.newBuilder().matchAny(GatewayServer::failed).build());
  }

  private static Route guarded(Doorkeeper doorkeeper, Route routes) {
    return extractRequest(request -> {
      Optional<Problem> refusal = doorkeeper.refusal(request);
      return refusal.isPresent() ? complete(refusal.get().response()) : routes;
    });
  }

  private static Route failed(Throwable failure) {
    return complete(Problem.of(failure).response());
  }

  private static RejectionHandler rejections() {
    return RejectionHandler.newBuilder()
        .handleAll(MethodRejection.class, GatewayServer::methodNotAllowed)
        .handle(
            UnsupportedRequestContentTypeRejection.class,
            _ ->
                complete(
                    new Problem(
                            StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                            "media-type",
                            "send application/json")
                        .response()))
        .handle(
            MalformedRequestContentRejection.class,
            rejection -> complete(Problem.of(rejection.getCause()).response()))
        .handle(
            Rejection.class,
            rejection ->
                complete(Problem.badRequest("the request cannot be used: " + rejection).response()))
        .handleNotFound(
            complete(
                Problem.notFound("there is nothing at that path; GET /openapi.json describes all")
                    .response()))
        .build();
  }

  private static Route methodNotAllowed(List<MethodRejection> rejections) {
    List<HttpMethod> allowed =
        rejections.stream().map(MethodRejection::supported).distinct().toList();
    HttpResponse response =
        new Problem(
                StatusCodes.METHOD_NOT_ALLOWED,
                "method",
                "use "
                    + allowed.stream().map(HttpMethod::value).collect(Collectors.joining(" or ")))
            .response();
    return complete(response.addHeader(Allow.create(allowed.toArray(HttpMethod[]::new))));
  }

  /// Listens no more; requests under way end within 5 s.
  @Override
  public void close() {
    binding.terminate(END_MAX).toCompletableFuture().join();
  }
}
