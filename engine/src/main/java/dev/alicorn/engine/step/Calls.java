package dev.alicorn.engine.step;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.llm.Endpoint;
import dev.alicorn.engine.llm.LlmAnswer;
import dev.alicorn.engine.llm.Turn;
import dev.alicorn.engine.prompt.CallKeys;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The calls of one step at one endpoint: asks until a question is settled, each answer durable in
/// the journal before it is looked at.
public final class Calls {
  private final Journal journal;
  private final Endpoint endpoint;
  private final EndpointBound bound;
  private final Repeat repeat;
  private final Spending spending;
  private final Brake brake;

  /// @param endpoint whose admission is the job's brake and its caps
  /// @param bound what the endpoint's name stands for in the journal
  public Calls(
      Journal journal,
      Endpoint endpoint,
      EndpointBound bound,
      Repeat repeat,
      Spending spending,
      Brake brake) {
    this.journal = journal;
    this.endpoint = endpoint;
    this.bound = bound;
    this.repeat = repeat;
    this.spending = spending;
    this.brake = brake;
  }

  /// Asks on from the facts that are known; empty when the brake was pulled before the question was
  /// settled.
  <V> CompletionStage<Optional<Settled<V>>> settle(Question<V> question, List<CallEvent> known) {
    return new Dialogue<>(question, known).askOn();
  }

  /// One question on its way to be settled.
  private final class Dialogue<V> {
    private final Question<V> question;
    private final List<CallEvent> facts;

    Dialogue(Question<V> question, List<CallEvent> known) {
      this.question = question;
      this.facts = new ArrayList<>(known);
    }

    CompletionStage<Optional<Settled<V>>> askOn() {
      Question.Owed owed =
          question
              .owed(question.judge(facts))
              .orElseThrow(() ->
                  new IllegalStateException(
                      "record "
                          + question.record()
                          + ", "
                          + question.stage()
                          + " is settled already"));
      ChatRequest request = question.request(owed.ask(), owed.complaint());
      CallKey key = CallKeys.of(question.stage(), bound.wire(), request, 0);
      return answer(request, owed, key)
          .thenCompose(answer ->
              switch (answer) {
                case LlmAnswer.Replied replied ->
                    keep(
                        new LlmReplied(
                            question.record(),
                            question.stage(),
                            owed.ask(),
                            key,
                            bound.endpoint(),
                            replied.body(),
                            replied.latency(),
                            Optional.empty()));
                case LlmAnswer.Failed failed ->
                    keep(
                        new CallFailed(
                            question.record(),
                            question.stage(),
                            owed.ask(),
                            key,
                            bound.endpoint(),
                            failed.cause(),
                            failed.status(),
                            failed.detail(),
                            failed.body(),
                            failed.latency()));
                case LlmAnswer.Unavailable(JournalEvent.PauseReason reason, String detail) -> {
                  brake.pull(reason, detail);
                  yield CompletableFuture.completedFuture(Optional.empty());
                }
              });
    }

    /// Makes the call, its intent durable before it where an unknown outcome must not be repeated.
    private CompletionStage<LlmAnswer> answer(
        ChatRequest request, Question.Owed owed, CallKey key) {
      Turn turn = new Turn(owed.attempts(), lastFailure(owed.ask()));
      return switch (repeat) {
        case ON_UNKNOWN -> endpoint.ask(request, turn);
        case NEVER ->
            endpoint.ask(
                request,
                turn,
                () ->
                    journal.append(
                        new CallStarted(
                            question.record(),
                            question.stage(),
                            owed.ask(),
                            key,
                            bound.endpoint())));
      };
    }

    /// Why the last attempt at this ask failed, if it was the last fact.
    private Optional<FailureCause> lastFailure(int ask) {
      return !facts.isEmpty() && facts.getLast() instanceof CallFailed failed && failed.ask() == ask
          ? Optional.of(failed.cause())
          : Optional.empty();
    }

    private CompletionStage<Optional<Settled<V>>> keep(CallEvent fact) {
      return journal.append(fact).thenCompose(entry -> look(fact, entry));
    }

    private CompletionStage<Optional<Settled<V>>> look(CallEvent fact, JournalEntry entry) {
      facts.add(fact);
      spending.add(fact);
      V verdict = question.judge(facts);
      return question.owed(verdict).isPresent()
          ? askOn()
          : CompletableFuture.completedFuture(
              Optional.of(new Settled<>(verdict, entry.position())));
    }
  }
}
