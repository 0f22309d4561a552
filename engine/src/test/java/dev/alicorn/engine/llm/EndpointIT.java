package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The whole way of an ask: pool, client, sockets, endpoint.
final class EndpointIT {
  /// So few that the retries stay within the floor of their budget.
  private static final int ROWS = 40;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  static void stop() {
    Http.get(kit.system()).shutdownAllConnectionPools().toCompletableFuture().join();
    kit.shutdownTestKit();
  }

  @Test
  void everyRowIsServedThroughAMixOfFaults() {
    try (ScriptedEndpoint server =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.mix("503=0.05,cut=0.05,drop=0.05,rate=0.02", 11))
            .start()) {
      Endpoint endpoint = endpoint(Endpoints.at(server.url()), Admission.ALWAYS);
      long billed = 0;

      List<CompletableFuture<LlmAnswer>> rows =
          IntStream.range(0, ROWS)
              .mapToObj(i ->
                  untilServed(endpoint, Endpoints.caption("row " + i), Turn.FIRST)
                      .toCompletableFuture())
              .toList();
      for (CompletableFuture<LlmAnswer> row : rows) {
        billed += billed(((LlmAnswer.Replied) row.join()).body()).total();
      }

      CallLedger ledger = server.ledger();
      assertThat(ledger.completions()).isEqualTo(ROWS);
      assertThat(ledger.promptTokens() + ledger.completionTokens()).isEqualTo(billed);
      assertThat(ledger.calls().values()).hasSize(ROWS).allMatch(call -> call.completions() == 1);
      assertThat(ledger.inFlightMax()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void theIntentComesBeforeTheCallAndItsFailureStopsIt() {
    try (ScriptedEndpoint server = ScriptedEndpoint.scripted().start()) {
      Endpoint endpoint = endpoint(Endpoints.at(server.url()), Admission.ALWAYS);
      AtomicLong seenBefore = new AtomicLong(-1);

      LlmAnswer answer =
          endpoint
              .ask(
                  Endpoints.caption("intended"),
                  Turn.FIRST,
                  _ -> {
                    seenBefore.set(server.ledger().requests());
                    return CompletableFuture.completedStage("durable");
                  })
              .toCompletableFuture()
              .join()
              .answer();
      assertThat(answer).isInstanceOf(LlmAnswer.Replied.class);
      assertThat(seenBefore).hasValue(0);

      CompletableFuture<Endpoint.Answered> failed =
          endpoint
              .ask(
                  Endpoints.caption("not to be"),
                  Turn.FIRST,
                  _ -> CompletableFuture.failedStage(new IllegalStateException("no journal")))
              .toCompletableFuture();
      assertThatThrownBy(failed::join).hasRootCauseMessage("no journal");
      assertThat(server.ledger().requests()).isEqualTo(1);
      assertThat(endpoint.snapshot("big").toCompletableFuture().join().inFlight()).isZero();
    }
  }

  @Test
  void aRefusedKeyPausesAndAResetGoesOn() {
    try (ScriptedEndpoint server =
        ScriptedEndpoint.scripted().suffering(FaultPlan.always(Fault.status(401))).start()) {
      Endpoint endpoint = endpoint(Endpoints.at(server.url()), Admission.ALWAYS);

      assertThat(ask(endpoint, "first"))
          .isInstanceOfSatisfying(
              LlmAnswer.Failed.class,
              failed -> assertThat(failed.cause()).isEqualTo(FailureCause.UNAUTHORIZED));
      assertThat(ask(endpoint, "second"))
          .isInstanceOfSatisfying(
              LlmAnswer.Unavailable.class,
              out -> assertThat(out.reason()).isEqualTo(PauseReason.ENDPOINT));
      assertThat(server.ledger().requests()).isEqualTo(1);

      server.suffers(FaultPlan.NONE);
      endpoint.reset();
      assertThat(ask(endpoint, "third")).isInstanceOf(LlmAnswer.Replied.class);
    }
  }

  @Test
  void aSpentBudgetMakesNoCall() {
    try (ScriptedEndpoint server = ScriptedEndpoint.scripted().start()) {
      LlmAnswer.Unavailable spent =
          new LlmAnswer.Unavailable(PauseReason.BUDGET, "the budget of 2 calls is spent");
      Endpoint endpoint =
          endpoint(
              Endpoints.at(server.url()),
              () -> server.ledger().requests() < 2 ? Optional.empty() : Optional.of(spent));

      assertThat(ask(endpoint, "1")).isInstanceOf(LlmAnswer.Replied.class);
      assertThat(ask(endpoint, "2")).isInstanceOf(LlmAnswer.Replied.class);
      assertThat(ask(endpoint, "3")).isEqualTo(spent);
      assertThat(server.ledger().requests()).isEqualTo(2);
    }
  }

  @Test
  void noRequestReachesTheEndpointBeforeRetryAfter() {
    Duration wait = Duration.ofMillis(700);
    try (ScriptedEndpoint server =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.onAttempts(Fault.rateLimited(wait)))
            .start()) {
      Endpoint endpoint = endpoint(Endpoints.at(server.url()), Admission.ALWAYS);

      LlmAnswer served =
          untilServed(endpoint, Endpoints.caption("limited"), Turn.FIRST)
              .toCompletableFuture()
              .join();

      assertThat(served).isInstanceOf(LlmAnswer.Replied.class);
      List<CallLedger.Arrival> arrivals = server.ledger().arrivals();
      assertThat(arrivals).hasSize(2);
      assertThat(arrivals.get(1).at().minus(arrivals.get(0).at())).isGreaterThanOrEqualTo(wait);
    }
  }

  @Test
  void tokensAreSettledWithWhatWasBilled() {
    try (ScriptedEndpoint server = ScriptedEndpoint.scripted().start()) {
      EndpointSettings limited =
          Endpoints.withLimits(
              Endpoints.at(server.url()), OptionalLong.of(60_000), OptionalLong.of(200_000), 4);
      Endpoint endpoint = endpoint(limited, Admission.ALWAYS);

      // At its estimate of more than 700 tokens a call, a minute would hold 280.
      List<CompletableFuture<Endpoint.Answered>> calls =
          IntStream.range(0, 40)
              .mapToObj(
                  i -> endpoint.ask(Endpoints.caption("t" + i), Turn.FIRST).toCompletableFuture())
              .toList();
      assertThat(calls).allMatch(call -> call.join().answer() instanceof LlmAnswer.Replied);
      assertThat(endpoint.snapshot("big").toCompletableFuture().join().tokensPerMinute())
          .contains(new EndpointSnapshot.Limit(200_000, EndpointSnapshot.Source.CONFIG));
    }
  }

  /// What a step does: asks again as the cause has it.
  private static CompletionStage<LlmAnswer> untilServed(
      Endpoint endpoint, ChatRequest request, Turn turn) {
    return endpoint
        .ask(request, turn)
        .thenCompose(answered -> {
          if (answered.answer() instanceof LlmAnswer.Failed failed) {
            int spent = failed.cause().consequence() == FailureCause.Consequence.WAIT ? 0 : 1;
            return untilServed(
                endpoint,
                request,
                Turn.after(failed.cause(), turn.attempts() + spent, answered.endpoint()));
          }
          return CompletableFuture.completedStage(answered.answer());
        });
  }

  private static LlmAnswer ask(Endpoint endpoint, String seed) {
    return endpoint.ask(Endpoints.caption(seed), Turn.FIRST).toCompletableFuture().join().answer();
  }

  private static Endpoint endpoint(EndpointSettings settings, Admission admission) {
    return new Endpoint(
        kit.spawn(EndpointPool.of(List.of(settings), System::nanoTime, 1)),
        new CallFlow("job", 1, "caption", Team.of(settings.name())),
        Map.of(
            settings.name(),
            new Endpoint.Server(
                LlmProviders.client(settings, kit.system()), settings.model(), EndpointIT::billed)),
        admission,
        kit.system().executionContext());
  }

  private static Tokens billed(Bytes body) {
    try {
      JsonNode usage = JSON.readTree(body.utf8()).path("usage");
      return new Tokens(
          usage.path("prompt_tokens").asLong(), usage.path("completion_tokens").asLong());
    } catch (JsonProcessingException e) {
      throw new AssertionError("the scripted endpoint writes JSON", e);
    }
  }
}
