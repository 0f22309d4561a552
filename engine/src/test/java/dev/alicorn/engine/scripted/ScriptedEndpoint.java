package dev.alicorn.engine.scripted;

import com.typesafe.config.ConfigFactory;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/// An LLM endpoint for tests and benches: a real HTTP server on the loopback address that speaks
/// OpenAI's chat completions from a script, and Anthropic's messages to whoever sends their
/// version.
///
/// What it says to a request, how long it takes and what fault it makes are functions of the
/// request, of how often that request has come, and of a seed. It keeps a ledger by the hash of the
/// request's body. It runs in an actor system of its own.
public final class ScriptedEndpoint implements AutoCloseable {
  private static final long READ_MILLIS_MAX = 30_000;
  private static final int RAW_WRITES_MAX = 16;

  /// As many as real servers let wait to be accepted: of a burst of connections above it some hang.
  private static final int CONNECTIONS_WAITING_MAX = 4096;

  private final Script script;
  private final Optional<AdvertisedRate> rate;
  private final CallLedger ledger = new CallLedger();
  private final Replies replies;
  private final ActorSystem system;
  private final Tcp.ServerBinding binding;
  private final AtomicInteger connections = new AtomicInteger();
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
            .bind(
                "127.0.0.1",
                script.port,
                CONNECTIONS_WAITING_MAX,
                List.of(),
                true,
                Optional.empty())
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
    return URI.create(
        (script.tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port() + "/v1");
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

  /// Waits until all that was sent by processes that have ended is served: no connection is open
  /// and no request in flight. Who is still connected is waited for, too.
  public void awaitDeserted() throws IOException {
    // Connections are accepted in their order: when this one is served, all before it are counted.
    try (Socket last = new Socket(InetAddress.getLoopbackAddress(), port())) {
      last.getOutputStream()
          .write(
              "GET /ledger/totals HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      last.getInputStream().readAllBytes();
    }
    while (connections.get() > 0 || ledger.inFlight() > 0) {
      Thread.onSpinWait();
    }
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
    SharedKillSwitch life = KillSwitches.shared("connection");
    connections.incrementAndGet();
    if (!script.ledgerByCall) {
      handle(tcp, wire(new Connection(life, Optional.empty())).via(life.flow()));
      return;
    }
    Pair<BoundedSourceQueue<ByteString>, Source<ByteString, NotUsed>> raw =
        Source.<ByteString>queue(RAW_WRITES_MAX).preMaterialize(system);
    Connection connection = new Connection(life, Optional.of(raw.first()));
    handle(tcp, wire(connection).merge(raw.second(), true).via(life.flow()));
  }

  private void handle(Tcp.IncomingConnection tcp, Flow<ByteString, ByteString, NotUsed> bytes) {
    tcp.handleWith(
        bytes.watchTermination((used, end) -> {
          end.whenComplete((_, _) -> connections.decrementAndGet());
          return used;
        }),
        system);
  }

  /// HTTP over TLS or over plain bytes.
  private Flow<ByteString, ByteString, NotUsed> wire(Connection connection) {
    Flow<TLSProtocol.SslTlsInbound, TLSProtocol.SslTlsOutbound, NotUsed> http =
        Http.get(system)
            .serverLayer()
            .reversed()
            .join(Flow.<HttpRequest>create().mapAsync(1, request -> route(request, connection)));
    return script
        .tls
        .map(context ->
            TLS.create(() -> engine(context), TLSClosing.eagerClose()).reversed().join(http))
        .orElseGet(() ->
            TLSPlacebo.getInstance()
                .reversed()
                .join(
                    Flow.<TLSProtocol.SessionBytes>create()
                        .map(TLSProtocol.SslTlsInbound.class::cast)
                        .via(http)));
  }

  private static SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }

  private CompletionStage<HttpResponse> route(HttpRequest request, Connection connection) {
    String path = request.getUri().path();
    if (path.endsWith("/ledger/totals")) {
      return CompletableFuture.completedStage(Replies.json(200, ledger.totalsToJson().toString()));
    }
    if (path.endsWith("/ledger")) {
      return CompletableFuture.completedStage(Replies.json(200, ledger.toJson()));
    }
    boolean messages = request.getHeader("anthropic-version").isPresent();
    Optional<String> bearer =
        messages
            ? request.getHeader("x-api-key").map(HttpHeader::value)
            : request.getHeader("Authorization").map(HttpHeader::value);
    String wanted = messages ? "" : "Bearer ";
    if (!script.key.map(key -> bearer.equals(Optional.of(wanted + key))).orElse(true)) {
      request.discardEntityBytes(system);
      return refuse(
          401, messages, "authentication_error", "Incorrect key: " + bearer.orElse("none"));
    }
    if (script.listsModels && path.endsWith("/models")) {
      return CompletableFuture.completedStage(
          Replies.json(
              200, "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\",\"owned_by\":\"vllm\"}]}"));
    }
    if (script.listsModels && messages && path.endsWith("/models/scripted")) {
      return CompletableFuture.completedStage(
          Replies.json(
              200,
              "{\"type\":\"model\",\"id\":\"scripted\","
                  + "\"capabilities\":{\"structured_outputs\":{\"supported\":true}}}"));
    }
    if (!path.endsWith(messages ? "/messages" : "/chat/completions")) {
      request.discardEntityBytes(system);
      return refuse(404, messages, "not_found_error", "Not Found: " + path);
    }
    return request.entity() instanceof HttpEntity.Strict strict
        ? complete(messages, strict.getData().toArrayUnsafe(), connection)
        : request
            .entity()
            .toStrict(READ_MILLIS_MAX, system)
            .thenCompose(whole -> complete(messages, whole.getData().toArrayUnsafe(), connection));
  }

  private static CompletionStage<HttpResponse> refuse(
      int status, boolean messages, String type, String message) {
    ReplyShape shape = messages ? new MessagesShape(false) : new ChatShape();
    return CompletableFuture.completedStage(Replies.json(status, shape.error(type, message)));
  }

  private CompletionStage<HttpResponse> complete(
      boolean messages, byte[] body, Connection connection) {
    if (!messages) {
      return complete(written(ScriptedReply.to(body), body), body, connection);
    }
    MessagesRequest asked = MessagesRequest.parse(body);
    return asked
        .fault()
        .map(wrong -> refuse(400, true, "invalid_request_error", wrong))
        .orElseGet(() -> complete(ScriptedReply.to(body, asked.shape()), body, connection));
  }

  private ScriptedReply written(ScriptedReply reply, byte[] body) {
    return script
        .author
        .map(author -> reply.saying(author.apply(new String(body, StandardCharsets.UTF_8))))
        .orElse(reply);
  }

  private CompletionStage<HttpResponse> complete(
      ScriptedReply reply, byte[] body, Connection connection) {
    ledger.requested();
    Optional<Fault> limited =
        rate.flatMap(limits ->
                limits.admit(reply.promptTokens() + reply.completionTokens(), System.nanoTime()))
            .map(Fault::rateLimited);
    if (!script.ledgerByCall) {
      return after(
          latencyOf(reply.completionTokens()),
          () -> advertised(replies.to(limited, Optional.empty(), reply, connection)));
    }
    String key = ContentHash.of(body).hex();
    int attempt = ledger.keyed(key);
    Optional<Fault> fault = limited.or(() -> faults.faultOf(key, attempt));
    ledger.arrived(key, attempt, fault.map(Fault::label).orElse("ok"));
    return after(
        latencyOf(key.hashCode() + 31L * attempt),
        () -> advertised(replies.to(fault, Optional.of(key), reply, connection)));
  }

  private CompletionStage<HttpResponse> advertised(CompletionStage<HttpResponse> response) {
    return script.advertises && rate.isPresent()
        ? response.thenApply(came -> {
          HttpResponse telling = came;
          for (var header : rate.get().headers(System.nanoTime()).entrySet()) {
            telling = telling.addHeader(RawHeader.create(header.getKey(), header.getValue()));
          }
          return telling;
        })
        : response;
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
  ///   --storms NAME=SHARE,… --storm-requests N --requests-per-minute N --tokens-per-minute N
  ///   --advertise --key KEY --instant`, each at will
  public static void main(String[] args) throws InterruptedException {
    System.out.println(Arguments.script(args).start().url());
    Thread.currentThread().join();
  }
}
