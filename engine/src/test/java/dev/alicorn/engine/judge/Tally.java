package dev.alicorn.engine.judge;

import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a dataset of some facts would hold: the fate of each caption, the fate of each sample that
/// was asked for, and how many of each fate there are.
record Tally(
    Map<RecordId, String> captions,
    Map<TaskName, Map<RecordId, String>> samples,
    Map<String, Long> captionCounts,
    Map<String, Long> sampleCounts) {

  /// Folds outcomes as a replay does.
  static Tally of(Judge judge, Draw draw, Map<RecordId, RecordFacts> facts) {
    Map<RecordId, Outcome> outcomes = new HashMap<>();
    Selection selection = new Selection(draw);
    facts.forEach((record, own) -> {
      Outcome outcome = judge.outcome(own, draw.taskOf(record)).closed();
      outcomes.put(record, outcome);
      outcome.sample().ifPresent(sample -> mark(selection, record, sample));
    });
    return of(selection, draw, outcomes);
  }

  /// Marks what a sample came to.
  ///
  /// @return the record that is wanted from now on, if any
  static Optional<RecordId> mark(
      Selection selection, RecordId record, Outcome.Part<Outcome.Sample> sample) {
    return switch (sample) {
      case Outcome.Part.Exported<Outcome.Sample> _ -> {
        selection.accept(record);
        yield Optional.empty();
      }
      case Outcome.Part.Owed<Outcome.Sample> _ -> Optional.empty();
      case Outcome.Part.Rejected<Outcome.Sample> _,
          Outcome.Part.Failed<Outcome.Sample> _,
          Outcome.Part.Parked<Outcome.Sample> _ ->
          selection.reject(record);
    };
  }

  private static Tally of(Selection selection, Draw draw, Map<RecordId, Outcome> outcomes) {
    Map<RecordId, String> captions = new TreeMap<>();
    Map<TaskName, Map<RecordId, String>> samples = new TreeMap<>();
    outcomes.forEach((record, outcome) -> {
      captions.put(record, fate(outcome.caption()));
      Optional<TaskName> task = draw.taskOf(record);
      if (task.isPresent() && selection.wanted(record)) {
        String fate = fate(outcome.sample().orElseThrow());
        boolean surplus = fate.startsWith("exported") && !selection.chosen(record);
        samples
            .computeIfAbsent(task.get(), _ -> new TreeMap<>())
            .put(record, surplus ? "rejected(surplus)" : fate);
      }
    });
    return counted(captions, samples);
  }

  static Tally counted(
      Map<RecordId, String> captions, Map<TaskName, Map<RecordId, String>> samples) {
    Map<String, Long> sampleCounts = new TreeMap<>();
    samples.forEach((task, fates) ->
        count(fates.values()).forEach((f, n) -> sampleCounts.put(task.key() + " " + f, n)));
    return new Tally(captions, samples, count(captions.values()), sampleCounts);
  }

  private static Map<String, Long> count(Iterable<String> fates) {
    Map<String, Long> counts = new TreeMap<>();
    fates.forEach(fate -> counts.merge(fate, 1L, Long::sum));
    return counts;
  }

  /// The facts of a journal by record, all of its records included.
  static Map<RecordId, RecordFacts> byRecord(int records, List<? extends JournalEvent> journal) {
    Map<RecordId, RecordFacts> facts = new HashMap<>();
    for (long id = 1; id <= records; id++) {
      facts.put(new RecordId(id), RecordFacts.of(new RecordId(id)));
    }
    for (JournalEvent fact : journal) {
      facts.computeIfPresent(recordOf(fact), (_, own) -> own.with(fact));
    }
    return facts;
  }

  static RecordId recordOf(JournalEvent fact) {
    return switch (fact) {
      case JournalEvent.CallEvent call -> call.record();
      case JournalEvent.TextEmbedded embedded -> embedded.record();
      case JournalEvent.EmbeddingFailed failed -> failed.record();
      default -> throw new IllegalArgumentException("a fact of no record: " + fact);
    };
  }

  /// A part in words; the ask of an exported row is read off its text.
  static String fate(Outcome.Part<?> part) {
    return switch (part) {
      case Outcome.Part.Exported<?>(Outcome.Caption row) -> "exported(" + ask(row.text()) + ")";
      case Outcome.Part.Exported<?>(Outcome.Sample row) ->
          "exported(" + ask(row.pairs().getFirst().question()) + ")";
      case Outcome.Part.Exported<?>(Object row) -> throw new AssertionError("no such row: " + row);
      case Outcome.Part.Rejected<?>(Rejection reason, String _) -> "rejected(" + reason.key() + ")";
      case Outcome.Part.Failed<?>(var cause, String _) -> "failed(" + cause.key() + ")";
      case Outcome.Part.Parked<?> _ -> "parked";
      case Outcome.Part.Owed<?> owed -> "owed(" + owed.due() + ")";
    };
  }

  private static String ask(String text) {
    return text.contains("ask 1") ? "ask 1" : "ask 0";
  }
}
