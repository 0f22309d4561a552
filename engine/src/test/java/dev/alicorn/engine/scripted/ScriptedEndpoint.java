package dev.alicorn.engine.scripted;

import com.typesafe.config.ConfigFactory;
import dev.alicorn.protocol.ContentHash;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.KillSwitch;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.TLSProtocol;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/// An LLM endpoint for tests and benches: a real HTTP server on the loopback address that speaks
/// OpenAI's chat completions from a script.
///
/// What it says to a request, how long it takes and what fault it makes are functions of the
/// request, of how often that request has come, and of a seed. It keeps a ledger by the hash of the
/// request's body. It runs in an actor system of its own.
public final class ScriptedEndpoint implements AutoCloseable {
  private static final long READ_MILLIS_MAX = 30_000;

  private final Script script;
  private final Optional<AdvertisedRate> rate;
  private final CallLedger ledger = new CallLedger();
  private final Replies replies;
  private final ActorSystem system;
  private final Tcp.ServerBinding binding;
  private volatile FaultPlan faults;

  ScriptedEndpoint(Script script) {
    this.script = script;
    this.faults = script.faults;
    this.rate = script.rate;
    system =
        ActorSystem.create(
            "scripted-endpoint",
            ConfigFactory.parseMap(
                    Map.of(
                        "pekko.use-slf4j", "off",
                        "pekko.loglevel", "OFF",
                        "pekko.stdout-loglevel", "OFF",
                        "pekko.daemonic", "on",
                        "pekko.http.server.idle-timeout", "infinite",
                        "pekko.http.server.request-timeout", "infinite",
                        "pekko.http.server.parsing.modeled-header-parsing", "off"))
                .withFallback(ConfigFactory.load()));
    replies = new Replies(system, ledger);
    binding =
        Tcp.get(system)
            .bind("127.0.0.1", script.port)
            .to(Sink.foreach(this::serve))
            .run(system)
            .toCompletableFuture()
            .join();
  }

  /// A script with every fact in the ledger, to be refined and started.
  public static Script scripted() {
    return new Script();
  }

  /// A script that answers at once and keeps only totals: for benches.
  public static Script instant() {
    Script script = new Script();
    script.ledgerByCall = false;
    return script;
  }

  /// The base of its API.
  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/v1");
  }

  public int port() {
    return binding.localAddress().getPort();
  }

  public CallLedger ledger() {
    return ledger;
  }

  /// Another plan of faults from now on.
  public void suffers(FaultPlan plan) {
    faults = plan;
  }

  /// Ends the server, its connections and its actor system.
  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  /// Serves one connection. The HTTP layer is put on TCP by hand, so that a fault can end a
  /// connection without a response.
  private void serve(Tcp.IncomingConnection tcp) {
    SharedKillSwitch connection = KillSwitches.shared("connection");
    Flow<TLSProtocol.SessionBytes, TLSProtocol.SslTlsOutbound, NotUsed> http =
        Flow.<TLSProtocol.SessionBytes>create()
            .map(TLSProtocol.SslTlsInbound.class::cast)
            .via(
                Http.get(system)
                    .serverLayer()
                    .reversed()
                    .join(
                        Flow.<HttpRequest>create()
                            .mapAsync(1, request -> route(request, connection))));
    Flow<ByteString, ByteString, NotUsed> plain = TLSPlacebo.getInstance().reversed().join(http);
    tcp.handleWith(plain.via(connection.flow()), system);
  }

  private CompletionStage<HttpResponse> route(HttpRequest request, KillSwitch connection) {
    String path = request.getUri().path();
    if (path.endsWith("/ledger/totals")) {
      return CompletableFuture.completedStage(Replies.json(200, ledger.totalsToJson().toString()));
    }
    if (path.endsWith("/ledger")) {
      return CompletableFuture.completedStage(Replies.json(200, ledger.toJson()));
    }
    Optional<String> bearer = request.getHeader("Authorization").map(HttpHeader::value);
    if (!script.key.map(key -> bearer.equals(Optional.of("Bearer " + key))).orElse(true)) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedStage(
          Replies.json(
              401,
              "{\"error\":{\"message\":\"Incorrect API key provided: "
                  + bearer.orElse("none")
                  + "\"}}"));
    }
    if (path.endsWith("/models")) {
      return CompletableFuture.completedStage(
          Replies.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\"}]}"));
    }
    if (!path.endsWith("/chat/completions")) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedStage(Replies.json(404, "{\"detail\":\"Not Found\"}"));
    }
    return request.entity() instanceof HttpEntity.Strict strict
        ? complete(strict.getData().toArrayUnsafe(), connection)
        : request
            .entity()
            .toStrict(READ_MILLIS_MAX, system)
            .thenCompose(whole -> complete(whole.getData().toArrayUnsafe(), connection));
  }

  private CompletionStage<HttpResponse> complete(byte[] body, KillSwitch connection) {
    ledger.requested();
    ScriptedReply reply = ScriptedReply.to(body);
    Optional<Fault> limited =
        rate.flatMap(limits ->
                limits.admit(reply.promptTokens() + reply.completionTokens(), System.nanoTime()))
            .map(Fault::rateLimited);
    if (!script.ledgerByCall) {
      return after(
          latencyOf(reply.completionTokens()),
          () -> replies.to(limited, Optional.empty(), reply, connection));
    }
    String key = ContentHash.of(body).hex();
    int attempt = ledger.keyed(key);
    Optional<Fault> fault = limited.or(() -> faults.faultOf(key, attempt));
    ledger.arrived(key, attempt, fault.map(Fault::label).orElse("ok"));
    return after(
        latencyOf(key.hashCode() + 31L * attempt),
        () -> replies.to(fault, Optional.of(key), reply, connection));
  }

  private Duration latencyOf(long hash) {
    if (script.latency.isZero() || script.latencySpread == 0) {
      return script.latency;
    }
    double normal = new Random(Phrases.next(script.seed ^ hash)).nextGaussian();
    return Duration.ofNanos(
        (long) (script.latency.toNanos() * Math.exp(script.latencySpread * normal)));
  }

  private CompletionStage<HttpResponse> after(
      Duration latency, Supplier<CompletionStage<HttpResponse>> response) {
    return latency.isZero()
        ? response.get()
        : Patterns.after(latency, system, () -> response.get());
  }

  /// Runs an endpoint until it is killed: prints its URL, serves its ledger at `GET /ledger` and
  /// the sums alone at `GET /ledger/totals`.
  ///
  /// @param args `--port N --latency-ms N --latency-spread X --seed N --faults NAME=SHARE,…
  ///   --storms NAME=SHARE,… --storm-requests N --requests-per-minute N --tokens-per-minute N --key
  ///   KEY --instant`, each at will
  public static void main(String[] args) throws InterruptedException {
    System.out.println(Arguments.script(args).start().url());
    Thread.currentThread().join();
  }
}
