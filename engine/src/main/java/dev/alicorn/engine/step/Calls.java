package dev.alicorn.engine.step;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.llm.CallKeys;
import dev.alicorn.engine.llm.ChatRequest;
import dev.alicorn.engine.llm.Endpoint;
import dev.alicorn.engine.llm.LlmAnswer;
import dev.alicorn.engine.llm.Turn;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The calls of one step at one endpoint or pool: asks until a question is settled, each answer
/// durable in the journal before it is looked at.
public final class Calls {
  private final Journal journal;
  private final Endpoint endpoint;
  private final WireFormat wire;
  private final Repeat repeat;
  private final Spending spending;
  private final Brake brake;

  /// @param endpoint whose admission is the job's brake and its caps
  /// @param wire what all who may answer speak
  public Calls(
      Journal journal,
      Endpoint endpoint,
      WireFormat wire,
      Repeat repeat,
      Spending spending,
      Brake brake) {
    this.journal = journal;
    this.endpoint = endpoint;
    this.wire = wire;
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
      CallKey key = CallKeys.of(question.stage(), wire, request, 0);
      return answer(request, owed, key)
          .thenCompose(answered ->
              switch (answered.answer()) {
                case LlmAnswer.Replied replied ->
                    keep(
                        new LlmReplied(
                            question.record(),
                            question.stage(),
                            owed.ask(),
                            key,
                            answered.endpoint(),
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
                            answered.endpoint(),
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
    private CompletionStage<Endpoint.Answered> answer(
        ChatRequest request, Question.Owed owed, CallKey key) {
      Turn turn = turn(owed);
      return switch (repeat) {
        case ON_UNKNOWN -> endpoint.ask(request, turn);
        case NEVER ->
            endpoint.ask(
                request,
                turn,
                server ->
                    journal.append(
                        new CallStarted(
                            question.record(), question.stage(), owed.ask(), key, server)));
      };
    }

    /// What the last fact, if it is of this ask, says of the attempt before.
    private Turn turn(Question.Owed owed) {
      if (facts.isEmpty() || facts.getLast().ask() != owed.ask()) {
        return new Turn(owed.attempts(), Optional.empty(), Optional.empty());
      }
      CallEvent last = facts.getLast();
      return new Turn(
          owed.attempts(),
          last instanceof CallFailed failed ? Optional.of(failed.cause()) : Optional.empty(),
          Optional.of(last.endpoint()));
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
