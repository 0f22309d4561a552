package dev.alicorn.engine.explain;

import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Prompting;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// The telling of a stage's calls, one by one: each with the question that it must have asked, and
/// with what the judge knew after it.
record Retelling(JobSpec spec, Map<String, EndpointBound> endpoints, Judge judge) {

  /// How a stage's question is rendered, from the model and the complaint.
  private interface Rendering {
    ChatRequest request(String model, Optional<String> complaint);
  }

  /// @param facts of one record, in seq order
  Optional<Dialogue> caption(Optional<String> seed, List<JournalEntry> facts) {
    return tell(
        Stage.CAPTION,
        facts,
        calls -> Verdict.of(judge.caption(() -> seed.orElse(""), calls)),
        seed.map(text ->
            (model, complaint) -> Prompting.caption(spec.caption(), model, text, complaint)));
  }

  /// @param caption the accepted caption, if there is one
  /// @param facts of one record, in seq order
  Optional<Dialogue> sample(TaskName task, Optional<String> caption, List<JournalEntry> facts) {
    return tell(
        task.stage(),
        facts,
        calls -> Verdict.of(judge.sample(task, caption.orElse(""), calls)),
        caption.map(text ->
            (model, complaint) -> Prompting.sample(spec.instruct(), task, model, text, complaint)));
  }

  private Optional<Dialogue> tell(
      Stage stage,
      List<JournalEntry> facts,
      Function<List<CallEvent>, Verdict> judging,
      Optional<? extends Rendering> rendering) {
    List<CallTold> told = new ArrayList<>();
    List<CallEvent> known = new ArrayList<>();
    for (JournalEntry entry : calls(stage, facts)) {
      CallEvent call = (CallEvent) entry.event();
      Optional<Optional<String>> complaint = complaint(call.ask(), known, judging);
      int attempt = 1 + (int) known.stream().filter(one -> one.ask() == call.ask()).count();
      known.add(call);
      EndpointBound bound = Objects.requireNonNull(endpoints.get(call.endpoint()));
      told.add(
          new CallTold(
              entry.seq(),
              call,
              attempt,
              bound,
              rendering.flatMap(
                  asking -> complaint.map(wrong -> asking.request(bound.model(), wrong))),
              call instanceof LlmReplied reply
                  ? Optional.of(Envelope.read(reply.body(), bound.wire()))
                  : Optional.empty(),
              judging.apply(known)));
    }
    return told.isEmpty() ? Optional.empty() : Optional.of(new Dialogue(stage, told));
  }

  /// The calls of a stage, without the intents that were answered.
  private static List<JournalEntry> calls(Stage stage, List<JournalEntry> facts) {
    List<JournalEntry> calls = new ArrayList<>();
    for (JournalEntry fact : facts) {
      if (fact.event() instanceof CallEvent call && call.stage().equals(stage)) {
        if (!calls.isEmpty() && calls.getLast().event() instanceof CallStarted) {
          calls.removeLast();
        }
        calls.add(fact);
      }
    }
    return calls;
  }

  /// What an ask had to complain of: nothing for the first; empty where nothing that came before it
  /// would be asked about again today.
  private static Optional<Optional<String>> complaint(
      int ask, List<CallEvent> before, Function<List<CallEvent>, Verdict> judging) {
    if (ask == 0) {
      return Optional.of(Optional.empty());
    }
    List<CallEvent> earlier = before.stream().filter(call -> call.ask() < ask).toList();
    return judging.apply(earlier) instanceof Verdict.Owed owed && owed.ask() == ask
        ? Optional.of(owed.complaint())
        : Optional.empty();
  }
}
