package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.Dialect;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Capabilities.Known;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.Usage;
import dev.alicorn.protocol.WireFormat;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every provider is held to, over real sockets: the client's answer, and what the judge reads
/// in it. A wire format without a script here does not compile.
final class ProviderContractIT {
  private static final String KEY = "sk-canary-0123456789";
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"QA Pairs\":{\"type\":\"array\",\"minItems\":6,"
          + "\"items\":{\"type\":\"string\",\"maxLength\":160}}},\"required\":[\"QA Pairs\"],"
          + "\"additionalProperties\":false}";

  private static ActorSystem<Void> system;
  private static ScriptedEndpoint server;

  @BeforeAll
  static void start() {
    system = ActorSystem.create(Behaviors.empty(), "providers");
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

  static Stream<Dialect> dialects() {
    return Stream.of(WireFormat.values()).flatMap(wire -> Provider.of(wire).dialects().stream());
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToWriteItIsItsOwn(WireFormat wire) {
    assertThat(Provider.of(wire).dialects())
        .isNotEmpty()
        .allMatch(dialect -> dialect.wire() == wire);
    assertThat(Provider.of(wire).dialects().getFirst().tellsSchema()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aGoodReplyIsReadAndBilledAsTheEndpointBillsIt(Dialect dialect) {
    long prompts = server.ledger().promptTokens();
    long completions = server.ledger().completionTokens();

    Envelope.Usable usable =
        (Envelope.Usable) read(dialect, Endpoints.caption("a red barn " + dialect));

    assertThat(usable.text().split(" ", -1)).hasSizeBetween(60, 130);
    assertThat(usable.finish()).isEqualTo(Envelope.Finish.STOP);
    assertThat(usable.usage())
        .isEqualTo(
            new Usage(
                server.ledger().promptTokens() - prompts,
                0,
                server.ledger().completionTokens() - completions));
    assertThat(usable.usageReported()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aSchemaIsSentWhereItCanBeAndTheReplyIsItsJson(Dialect dialect) {
    Envelope.Usable usable =
        (Envelope.Usable)
            read(
                dialect,
                new ChatRequest(
                    "scripted",
                    List.of(Message.system("Reply with JSON."), Message.user("QA Pairs")),
                    0.5,
                    700,
                    Optional.of(SCHEMA)));

    assertThat(usable.text()).startsWith("{\"id\":\"\",\"QA Pairs\":[{").endsWith("}]}");
    assertThat(usable.finish()).isEqualTo(Envelope.Finish.STOP);
  }

  @ParameterizedTest
  @EnumSource
  void aReplyThatWasCutSaysSo(WireFormat wire) {
    server.suffers(FaultPlan.always(new Fault.FinishReason("length")));

    assertThat(((Envelope.Usable) read(wire, "long")).cutAtLength()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalAndAFilterAreFinal(WireFormat wire) {
    server.suffers(FaultPlan.always(new Fault.Refusal()));
    assertThat(read(wire, "refused")).isInstanceOf(Envelope.Refused.class);

    server.suffers(FaultPlan.always(new Fault.FinishReason("content_filter")));
    assertThat(read(wire, "filtered")).isInstanceOf(Envelope.Refused.class);

    assertThat(cause(wire, Provider.of(wire).filtered())).isEqualTo(FailureCause.CONTENT_FILTERED);
  }

  @ParameterizedTest
  @EnumSource
  void whatHoldsNoTextIsUnusable(WireFormat wire) {
    assertThat(reason(wire, new Fault.MalformedJson())).isEqualTo(Envelope.Reason.MALFORMED_BODY);
    assertThat(reason(wire, new Fault.EmptyChoices())).isEqualTo(Envelope.Reason.NO_CHOICES);
    assertThat(reason(wire, new Fault.NullContent())).isEqualTo(Envelope.Reason.NO_CONTENT);
    assertThat(reason(wire, new Fault.FinishReason("abort")))
        .isEqualTo(Envelope.Reason.UNKNOWN_FINISH);
  }

  @ParameterizedTest
  @EnumSource
  void aUsageThatIsNotToldIsNotGuessed(WireFormat wire) {
    server.suffers(FaultPlan.always(new Fault.NoUsage()));

    Envelope.Usable usable = (Envelope.Usable) read(wire, "unmetered");

    assertThat(usable.usageReported()).isFalse();
    assertThat(usable.usage()).isEqualTo(Usage.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void whatCameOutOfACacheIsPartOfTheInput(WireFormat wire) {
    long prompts = server.ledger().promptTokens();
    server.suffers(FaultPlan.always(new Fault.CachedInput()));

    Usage usage = read(wire, "cached").usage();

    assertThat(usage.inputTokens()).isEqualTo(server.ledger().promptTokens() - prompts);
    assertThat(usage.cachedInputTokens()).isPositive().isEqualTo(usage.inputTokens() / 2);
  }

  @ParameterizedTest
  @EnumSource
  void eachErrorStatusHasItsCause(WireFormat wire) {
    assertThat(cause(wire, Provider.of(wire).money())).isEqualTo(FailureCause.OUT_OF_MONEY);
    assertThat(cause(wire, Provider.of(wire).missing())).isEqualTo(FailureCause.NOT_FOUND);
    assertThat(cause(wire, Fault.status(401))).isEqualTo(FailureCause.UNAUTHORIZED);
    assertThat(cause(wire, Fault.status(403))).isEqualTo(FailureCause.UNAUTHORIZED);
    assertThat(cause(wire, Fault.status(400))).isEqualTo(FailureCause.REFUSED_REQUEST);
    assertThat(cause(wire, Fault.status(500))).isEqualTo(FailureCause.SERVER_ERROR);
    assertThat(cause(wire, Fault.status(529))).isEqualTo(FailureCause.SERVER_ERROR);
    assertThat(cause(wire, new Fault.CutBody())).isEqualTo(FailureCause.CUT_BODY);
    assertThat(cause(wire, new Fault.Drop())).isEqualTo(FailureCause.UNKNOWN_OUTCOME);
  }

  @ParameterizedTest
  @EnumSource
  void aRateLimitSaysHowLongToWait(WireFormat wire) {
    server.suffers(FaultPlan.always(Fault.rateLimited(Duration.ofMillis(1500))));

    LlmAnswer.Failed failed = (LlmAnswer.Failed) call(wire, "limited");

    assertThat(failed.cause()).isEqualTo(FailureCause.RATE_LIMITED);
    assertThat(failed.signals().retryAfter()).contains(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @EnumSource
  void theKeyGoesToItsFirstOriginAloneAndNeverComesBack(WireFormat wire) {
    try (ScriptedEndpoint first = ScriptedEndpoint.scripted().askingForKey(KEY).start();
        ScriptedEndpoint second = ScriptedEndpoint.scripted().askingForKey(KEY).start();
        ScriptedEndpoint locked = ScriptedEndpoint.scripted().askingForKey("another").start()) {
      AtomicReference<URI> url = new AtomicReference<>(first.url());
      LlmClient moving = client(Endpoints.withKey(speaking(wire, Endpoints.at(url::get)), KEY));

      assertThat(join(moving, "x")).isInstanceOf(LlmAnswer.Replied.class);
      url.set(second.url());
      LlmAnswer.Failed withoutKey = (LlmAnswer.Failed) join(moving, "x");
      assertThat(withoutKey.cause()).isEqualTo(FailureCause.UNAUTHORIZED);
      assertThat(withoutKey.detail()).contains("none");

      LlmClient wrong = client(Endpoints.withKey(speaking(wire, Endpoints.at(locked.url())), KEY));
      LlmAnswer.Failed failed = (LlmAnswer.Failed) join(wrong, "x");
      assertThat(failed.detail() + failed.body().utf8()).contains("***").doesNotContain(KEY);
      assertThat(wrong.probe().toCompletableFuture().join())
          .isInstanceOfSatisfying(
              Probe.NotReady.class,
              probe ->
                  assertThat(probe.complaint())
                      .contains("endpoint big", "401", "endpoints.big.key")
                      .doesNotContain(KEY));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theProbeSaysWhatTheEndpointCanDoAndBillsNothing(WireFormat wire) {
    long requests = server.ledger().requests();
    List<Dialect> dialects = Provider.of(wire).dialects();

    Probe.Ready told = probe(Endpoints.speaking(Endpoints.at(server.url()), dialects.get(1)));
    Probe.Ready untold = probe(Endpoints.speaking(Endpoints.at(server.url()), dialects.getFirst()));

    assertThat(told.remarks()).isEmpty();
    assertThat(told.capabilities().jsonSchema()).isEqualTo(Known.YES);
    assertThat(told.capabilities().usage()).isEqualTo(Known.YES);
    assertThat(untold.capabilities().jsonSchema()).isEqualTo(Known.NO);
    assertThat(server.ledger().requests()).isEqualTo(requests);
  }

  @ParameterizedTest
  @EnumSource
  void theProbeMissesAModelAndNamesTheNearest(WireFormat wire) {
    EndpointSettings endpoint =
        Endpoints.asking(speaking(wire, Endpoints.at(server.url())), "skripted");

    assertThat(probe(endpoint).remarks())
        .containsExactly(
            "endpoints.big.model: the endpoint does not list a model \"skripted\"; its nearest are"
                + " \"scripted\"");
  }

  @ParameterizedTest
  @EnumSource
  void theProbeDoesWithoutAListOfModels(WireFormat wire) {
    try (ScriptedEndpoint unlisted = ScriptedEndpoint.scripted().listingNoModels().start()) {
      Probe.Ready ready = probe(speaking(wire, Endpoints.at(unlisted.url())));

      assertThat(ready.remarks()).isEmpty();
      assertThat(ready.capabilities().jsonSchema()).isEqualTo(Known.NO);
    }
  }

  private static EndpointSettings speaking(WireFormat wire, EndpointSettings endpoint) {
    return Endpoints.speaking(endpoint, Provider.of(wire).dialects().getFirst());
  }

  private static LlmClient client(EndpointSettings endpoint) {
    return LlmProviders.client(endpoint, system);
  }

  private static Probe.Ready probe(EndpointSettings endpoint) {
    return (Probe.Ready) client(endpoint).probe().toCompletableFuture().join();
  }

  private static LlmAnswer.Attempt join(LlmClient client, String seed) {
    return client.call(Endpoints.caption(seed)).toCompletableFuture().join();
  }

  private static LlmAnswer.Attempt call(WireFormat wire, String seed) {
    return join(client(speaking(wire, Endpoints.at(server.url()))), seed);
  }

  private static Envelope read(WireFormat wire, String seed) {
    return Envelope.read(((LlmAnswer.Replied) call(wire, seed)).body(), wire);
  }

  private static Envelope read(Dialect dialect, ChatRequest request) {
    LlmAnswer.Attempt attempt =
        client(Endpoints.speaking(Endpoints.at(server.url()), dialect))
            .call(request)
            .toCompletableFuture()
            .join();
    assertThat(attempt).isInstanceOf(LlmAnswer.Replied.class);
    return Envelope.read(((LlmAnswer.Replied) attempt).body(), dialect.wire());
  }

  private static Envelope.Reason reason(WireFormat wire, Fault fault) {
    server.suffers(FaultPlan.always(fault));
    return ((Envelope.Unusable) read(wire, fault.toString())).reason();
  }

  private static FailureCause cause(WireFormat wire, Fault fault) {
    server.suffers(FaultPlan.always(fault));
    return ((LlmAnswer.Failed) call(wire, fault.toString())).cause();
  }
}
