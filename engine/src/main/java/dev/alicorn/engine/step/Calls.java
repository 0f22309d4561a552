package dev.alicorn.engine.step;

import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.llm.Endpoint;
import dev.alicorn.engine.llm.LlmAnswer;
import dev.alicorn.engine.llm.Turn;
import dev.alicorn.engine.prompt.CallKeys;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.reuse.Reuse;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The calls of one step at one endpoint or pool: asks until a question is settled, each answer
/// durable in the journal before it is looked at.
///
/// An answer is looked for in other jobs' journals first, and copied from there; else the call is
/// made when the budget and the endpoint let it.
public final class Calls {
  private final Journal journal;
  private final Endpoint endpoint;
  private final CallTerms terms;
  private final Repeat repeat;
  private final Reuse reuse;
  private final Spending spending;
  private final Hold hold;
  private final Brake brake;

  /// @param endpoint whose admission is the job's brake
  /// @param terms of those who may answer
  public Calls(
      Journal journal,
      Endpoint endpoint,
      CallTerms terms,
      Repeat repeat,
      Reuse reuse,
      Spending spending,
      Hold hold,
      Brake brake) {
    this.journal = journal;
    this.endpoint = endpoint;
    this.terms = terms;
    this.repeat = repeat;
    this.reuse = reuse;
    this.spending = spending;
    this.hold = hold;
    this.brake = brake;
  }

  /// Asks on from the facts that are known; empty when the brake was pulled before the question was
  /// settled.
  <V> CompletionStage<Optional<Settled<V>>> settle(Question<V> question, List<CallEvent> known) {
    return new Dialogue<>(question, known).askOn();
  }

  /// A call that is about to be answered, in one way or another.
  private record Call(Question.Owed owed, ChatRequest request, CallKey key) {}

  /// One question on its way to be settled.
  private final class Dialogue<V> {
    private final Question<V> question;
    private final List<CallEvent> facts;

    Dialogue(Question<V> question, List<CallEvent> known) {
      this.question = question;
      this.facts = new ArrayList<>(known);
    }

    CompletionStage<Optional<Settled<V>>> askOn() {
      return hold.passage().thenCompose(_ -> ask());
    }

    private CompletionStage<Optional<Settled<V>>> ask() {
      Call call = next();
      try {
        return reuse
            .find(call.key(), question.record())
            .map(reply -> keep(copied(call, reply), Cost.NOTHING))
            .orElseGet(() -> pay(call));
      } catch (JournalException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private LlmReplied copied(Call call, LlmReplied reply) {
      return Reuse.copy(reply, question.record(), call.owed().ask(), terms.copiesTo());
    }

    private Call next() {
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
      return new Call(owed, request, CallKeys.of(question.stage(), terms.wire(), request, 0));
    }

    /// Makes the call as soon as the budget allows.
    private CompletionStage<Optional<Settled<V>>> pay(Call call) {
      Cost most = Cost.most(call.request(), terms.dearest());
      return spending
          .reserve(most)
          .thenCompose(refusal ->
              refusal.isPresent() ? stop(PauseReason.BUDGET, refusal.get()) : make(call, most));
    }

    private CompletionStage<Optional<Settled<V>>> make(Call call, Cost most) {
      return answer(call)
          .thenCompose(answered ->
              switch (answered.answer()) {
                case LlmAnswer.Replied replied ->
                    keep(replied(call, answered.endpoint(), replied), most);
                case LlmAnswer.Failed failed ->
                    keep(failed(call, answered.endpoint(), failed), most);
                case LlmAnswer.Unavailable(PauseReason reason, String detail) -> {
                  spending.release(most);
                  yield stop(reason, detail);
                }
              });
    }

    private CompletionStage<Optional<Settled<V>>> stop(PauseReason reason, String detail) {
      brake.pull(reason, detail);
      return CompletableFuture.completedFuture(Optional.empty());
    }

    /// Makes the call, its intent durable before it where an unknown outcome must not be repeated.
    private CompletionStage<Endpoint.Answered> answer(Call call) {
      Turn turn = turn(call.owed());
      return switch (repeat) {
        case ON_UNKNOWN -> endpoint.ask(call.request(), turn);
        case NEVER ->
            endpoint.ask(call.request(), turn, server -> journal.append(started(call, server)));
      };
    }

    private CallStarted started(Call call, String server) {
      return new CallStarted(
          question.record(), question.stage(), call.owed().ask(), call.key(), server);
    }

    private LlmReplied replied(Call call, String server, LlmAnswer.Replied answer) {
      return new LlmReplied(
          question.record(),
          question.stage(),
          call.owed().ask(),
          call.key(),
          server,
          answer.body(),
          answer.latency(),
          Optional.empty());
    }

    private CallFailed failed(Call call, String server, LlmAnswer.Failed answer) {
      return new CallFailed(
          question.record(),
          question.stage(),
          call.owed().ask(),
          call.key(),
          server,
          answer.cause(),
          answer.status(),
          answer.detail(),
          answer.body(),
          answer.latency());
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

    /// @param most what was reserved for the call that gave the fact
    private CompletionStage<Optional<Settled<V>>> keep(CallEvent fact, Cost most) {
      return journal.append(fact).thenCompose(entry -> look(fact, most, entry));
    }

    private CompletionStage<Optional<Settled<V>>> look(
        CallEvent fact, Cost most, JournalEntry entry) {
      facts.add(fact);
      spending.settle(most, fact);
      V verdict = question.judge(facts);
      return question.owed(verdict).isPresent()
          ? askOn()
          : CompletableFuture.completedFuture(
              Optional.of(new Settled<>(verdict, entry.position())));
    }
  }
}
