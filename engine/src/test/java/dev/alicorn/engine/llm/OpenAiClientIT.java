package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The client's contract: one answer for each thing that an endpoint can do, over real sockets.
final class OpenAiClientIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "sk-canary-0123456789";

  private static ActorSystem<Void> system;
  private static ScriptedEndpoint server;

  @BeforeAll
  static void start() {
    system = ActorSystem.create(Behaviors.empty(), "client");
    server = ScriptedEndpoint.scripted().start();
  }

  @AfterAll
  static void stop() {
    server.close();
    Http.get(system).shutdownAllConnectionPools().toCompletableFuture().join();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @BeforeEach
  void heal() {
    server.suffers(FaultPlan.NONE);
  }

  @Test
  void aCompleteReplyComesAsItWasSent() throws IOException {
    LlmAnswer.Replied replied =
        (LlmAnswer.Replied) call(Endpoints.at(server.url()), Endpoints.caption("a red barn"));

    JsonNode body = JSON.readTree(replied.body().utf8());
    String text = body.at("/choices/0/message/content").asText();
    assertThat(text.split(" ", -1)).hasSizeBetween(60, 130);
    assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(text.length() / 4);
    assertThat(replied.signals()).isEqualTo(LimitSignals.NONE);
    assertThat(replied.latency()).isPositive();
  }

  @Test
  void theSameRequestGetsTheSameReply() {
    LlmClient client = client(Endpoints.at(server.url()));

    Bytes first = body(client.call(Endpoints.caption("a pier")).toCompletableFuture().join());
    Bytes second = body(client.call(Endpoints.caption("a pier")).toCompletableFuture().join());

    assertThat(first).isEqualTo(second);
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(Fault.rateLimited(Duration.ofSeconds(3)), FailureCause.RATE_LIMITED, 429),
        Arguments.of(Fault.outOfMoney(), FailureCause.OUT_OF_MONEY, 429),
        Arguments.of(Fault.status(402), FailureCause.OUT_OF_MONEY, 402),
        Arguments.of(Fault.status(401), FailureCause.UNAUTHORIZED, 401),
        Arguments.of(Fault.status(403), FailureCause.UNAUTHORIZED, 403),
        Arguments.of(Fault.status(404), FailureCause.NOT_FOUND, 404),
        Arguments.of(Fault.status(400), FailureCause.REFUSED_REQUEST, 400),
        Arguments.of(Fault.status(413), FailureCause.REFUSED_REQUEST, 413),
        Arguments.of(Fault.status(422), FailureCause.REFUSED_REQUEST, 422),
        Arguments.of(Fault.contentFiltered(), FailureCause.CONTENT_FILTERED, 400),
        Arguments.of(Fault.status(408), FailureCause.SERVER_ERROR, 408),
        Arguments.of(Fault.status(409), FailureCause.SERVER_ERROR, 409),
        Arguments.of(Fault.status(500), FailureCause.SERVER_ERROR, 500),
        Arguments.of(Fault.status(503), FailureCause.SERVER_ERROR, 503),
        Arguments.of(Fault.status(529), FailureCause.SERVER_ERROR, 529),
        Arguments.of(
            new Fault.Status(307, "", Map.of("Location", "http://127.0.0.1:1/elsewhere")),
            FailureCause.NOT_FOUND,
            307),
        Arguments.of(new Fault.CutBody(), FailureCause.CUT_BODY, 200),
        Arguments.of(new Fault.CutChunks(), FailureCause.CUT_BODY, 200),
        Arguments.of(new Fault.HugeBody(5 << 20), FailureCause.BODY_TOO_LARGE, 200),
        Arguments.of(new Fault.Drop(), FailureCause.UNKNOWN_OUTCOME, 0));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void eachFaultHasItsCause(Fault fault, FailureCause cause, int status) {
    server.suffers(FaultPlan.always(fault));

    LlmAnswer.Failed failed = fail(Endpoints.at(server.url()), Endpoints.caption(fault.toString()));

    assertThat(failed.cause()).as(failed.toString()).isEqualTo(cause);
    assertThat(failed.status()).isEqualTo(status);
    assertThat(failed.detail()).isNotBlank().doesNotContain("\n");
  }

  static Stream<Fault> repliesForTheJudge() {
    return Stream.of(
        new Fault.MalformedJson(),
        new Fault.EmptyChoices(),
        new Fault.NullContent(),
        new Fault.FinishReason("abort"),
        new Fault.FinishReason("length"));
  }

  @ParameterizedTest
  @MethodSource("repliesForTheJudge")
  void aComplete200IsAReplyWhateverItHolds(Fault fault) {
    server.suffers(FaultPlan.always(fault));

    assertThat(call(Endpoints.at(server.url()), Endpoints.caption(fault.toString())))
        .isInstanceOf(LlmAnswer.Replied.class);
  }

  @Test
  void whatCameOfACutBodyIsKept() {
    String whole = body(call(Endpoints.at(server.url()), Endpoints.caption("a canoe"))).utf8();
    server.suffers(FaultPlan.always(new Fault.CutChunks()));

    LlmAnswer.Failed failed = fail(Endpoints.at(server.url()), Endpoints.caption("a canoe"));

    assertThat(failed.body().utf8()).isNotEmpty();
    assertThat(whole).startsWith(failed.body().utf8());
  }

  @Test
  void aBodyOverTheLimitIsCutAtIt() {
    server.suffers(FaultPlan.always(new Fault.HugeBody(3 << 20)));

    LlmAnswer.Failed failed = fail(Endpoints.at(server.url()), Endpoints.caption("a field"));

    assertThat(failed.body().length()).isEqualTo(1 << 20);
  }

  @Test
  void theWaitThatARateLimitAsksForIsRead() {
    server.suffers(FaultPlan.always(Fault.rateLimited(Duration.ofMillis(1500))));

    LlmAnswer.Failed failed = fail(Endpoints.at(server.url()), Endpoints.caption("a tower"));

    assertThat(failed.signals().retryAfter()).contains(Duration.ofMillis(1500));
  }

  @Test
  void aCallThatIsNeverAnsweredEndsAtItsDeadline() {
    server.suffers(FaultPlan.always(new Fault.Hang()));
    EndpointSettings hurried =
        Endpoints.withDeadline(Endpoints.at(server.url()), Duration.ofMillis(300));

    LlmAnswer.Failed failed = fail(hurried, Endpoints.caption("a dog"));

    assertThat(failed.cause()).isEqualTo(FailureCause.UNKNOWN_OUTCOME);
    assertThat(failed.status()).isZero();
    assertThat(failed.latency()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aBodyThatStopsIsKeptAtTheDeadline() {
    server.suffers(FaultPlan.always(new Fault.HangMidBody()));
    EndpointSettings hurried =
        Endpoints.withDeadline(Endpoints.at(server.url()), Duration.ofSeconds(3));

    LlmAnswer.Failed failed = fail(hurried, Endpoints.caption("a cat"));

    assertThat(failed.cause()).isIn(FailureCause.UNKNOWN_OUTCOME, FailureCause.CUT_BODY);
    assertThat(failed.body().utf8()).startsWith("{\"id\":");
  }

  @Test
  void connectionsOfDeadCallsComeFree() {
    server.suffers(FaultPlan.always(new Fault.Hang()));
    EndpointSettings hurried =
        Endpoints.withDeadline(Endpoints.at(server.url()), Duration.ofMillis(300));
    LlmClient client = client(hurried);
    List<CompletableFuture<LlmAnswer.Attempt>> hanging =
        IntStream.range(0, hurried.inFlightMax())
            .mapToObj(i -> client.call(Endpoints.caption("hang " + i)).toCompletableFuture())
            .toList();
    hanging.forEach(CompletableFuture::join);
    server.suffers(FaultPlan.NONE);

    LlmClient patient = client(Endpoints.at(server.url()));
    assertThat(patient.call(Endpoints.caption("after")).toCompletableFuture().join())
        .isInstanceOf(LlmAnswer.Replied.class);
    assertThat(
            Stream.generate(
                    () -> client.call(Endpoints.caption("again")).toCompletableFuture().join())
                .limit(20)
                .anyMatch(LlmAnswer.Replied.class::isInstance))
        .isTrue();
  }

  @Test
  void whatWasNeverSentIsToldApart() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    for (String url :
        List.of(
            "http://127.0.0.1:" + closedPort + "/v1",
            "http://no-such-host.invalid/v1",
            // A server without TLS fails the handshake.
            "https://127.0.0.1:" + server.port() + "/v1")) {
      LlmAnswer.Failed failed = fail(Endpoints.at(URI.create(url)), Endpoints.caption("a gate"));
      assertThat(failed.cause()).as(url + ": " + failed).isEqualTo(FailureCause.NOT_SENT);
    }
  }

  @Test
  void manyCallsShareTheConnections() {
    EndpointSettings endpoint = Endpoints.at(server.url());
    LlmClient client = client(endpoint);

    List<CompletableFuture<LlmAnswer.Attempt>> calls =
        IntStream.range(0, 24)
            .mapToObj(i -> client.call(Endpoints.caption("one of many " + i)).toCompletableFuture())
            .toList();

    assertThat(calls).allMatch(call -> call.join() instanceof LlmAnswer.Replied);
  }

  @Test
  void theKeyIsSentAndNeverComesBack() {
    try (ScriptedEndpoint locked =
        ScriptedEndpoint.scripted().askingForKey("sk-another-key-98765").start()) {
      EndpointSettings endpoint = Endpoints.withKey(Endpoints.at(locked.url()), KEY);

      LlmAnswer.Failed failed = fail(endpoint, Endpoints.caption("a mirror"));

      assertThat(failed.cause()).isEqualTo(FailureCause.UNAUTHORIZED);
      assertThat(failed.detail()).contains("Bearer ***").doesNotContain(KEY);
      assertThat(failed.body().utf8()).contains("Bearer ***").doesNotContain(KEY);
    }
  }

  @Test
  void theKeyGoesToItsFirstOriginAlone() {
    try (ScriptedEndpoint first = ScriptedEndpoint.scripted().askingForKey(KEY).start();
        ScriptedEndpoint second = ScriptedEndpoint.scripted().askingForKey(KEY).start()) {
      AtomicReference<URI> url = new AtomicReference<>(first.url());
      EndpointSettings moving = Endpoints.withKey(Endpoints.at(url::get), KEY);
      LlmClient client = client(moving);

      assertThat(client.call(Endpoints.caption("x")).toCompletableFuture().join())
          .isInstanceOf(LlmAnswer.Replied.class);
      url.set(second.url());
      assertThat(client.call(Endpoints.caption("x")).toCompletableFuture().join())
          .isInstanceOfSatisfying(
              LlmAnswer.Failed.class,
              failed -> assertThat(failed.cause()).isEqualTo(FailureCause.UNAUTHORIZED));
    }
  }

  @Test
  void theProbeSaysWhatToMend() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    URI closed = URI.create("http://127.0.0.1:" + closedPort + "/v1");

    assertThat(probe(Endpoints.at(server.url()))).isEmpty();
    assertThat(probe(Endpoints.at(closed)).orElseThrow())
        .contains("endpoint big", "refused", "endpoints.big.url");
    try (ScriptedEndpoint locked = ScriptedEndpoint.scripted().askingForKey("other").start()) {
      assertThat(probe(Endpoints.withKey(Endpoints.at(locked.url()), KEY)).orElseThrow())
          .contains("401", "endpoints.big.key")
          .doesNotContain(KEY);
    }
  }

  private static LlmClient client(EndpointSettings endpoint) {
    return LlmProviders.client(endpoint, system);
  }

  private static LlmAnswer.Attempt call(EndpointSettings endpoint, ChatRequest request) {
    return client(endpoint).call(request).toCompletableFuture().join();
  }

  private static Optional<String> probe(EndpointSettings endpoint) {
    return client(endpoint).probe().toCompletableFuture().join();
  }

  private static LlmAnswer.Failed fail(EndpointSettings endpoint, ChatRequest request) {
    LlmAnswer.Attempt attempt = call(endpoint, request);
    assertThat(attempt).isInstanceOf(LlmAnswer.Failed.class);
    return (LlmAnswer.Failed) attempt;
  }

  private static Bytes body(LlmAnswer.Attempt attempt) {
    return ((LlmAnswer.Replied) attempt).body();
  }
}
