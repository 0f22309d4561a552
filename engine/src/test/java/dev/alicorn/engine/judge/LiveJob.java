package dev.alicorn.engine.judge;

import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A job that runs against a [World] as a live one does: it asks the judge what is owed, has
/// several calls in flight, appends what comes in any order, now and then twice, and now and then
/// dies with all that was in flight and the tail of its journal.
///
/// Of intents it knows only those that it found in the journal when it started: an intent of a call
/// in flight would look like one whose call was lost.
final class LiveJob {
  private static final int IN_FLIGHT_MAX = 6;
  private static final int STEPS_MAX = 20_000;

  /// Something under way: the fact that it will leave.
  private record Flight(RecordId record, Optional<Stage> stage, JournalEvent fact) {}

  private record Ask(RecordId record, Stage stage, int ask) {}

  private final World world;
  private final Repeat repeat;
  private final RandomGenerator random;
  private final Judge judge;
  final Draw draw;

  final List<JournalEvent> journal = new ArrayList<>();

  /// How many attempts were really made, those lost in a crash too.
  int requests;

  private final List<Flight> flights = new ArrayList<>();
  private final Set<Ask> repeated = new HashSet<>();

  /// What is owed, by record; a record that is not in it has to be judged anew.
  private final Map<RecordId, List<Flight>> owed = new HashMap<>();

  private Map<RecordId, RecordFacts> facts;
  private Selection selection;
  private int durable;
  private int crashesLeft;

  /// @param crashes how often it dies at most
  LiveJob(World world, Repeat repeat, RandomGenerator random, int crashes) {
    this.world = world;
    this.repeat = repeat;
    this.random = random;
    this.crashesLeft = crashes;
    this.judge = new Judge(Facts.recipe(world.tasks), world.bindings(repeat));
    this.draw = judge.draw(world.records);
    this.facts = Tally.byRecord(world.records, journal);
    this.selection = new Selection(draw);
  }

  /// Runs until nothing is owed.
  LiveJob run() {
    for (int step = 0; step < STEPS_MAX; step++) {
      List<Flight> owed = owed();
      if (owed.isEmpty() && flights.isEmpty()) {
        return this;
      }
      boolean starts = !owed.isEmpty() && flights.size() < IN_FLIGHT_MAX && random.nextBoolean();
      if (crashesLeft > 0 && random.nextInt(40) == 0) {
        crash();
      } else if (starts || flights.isEmpty()) {
        start(owed.get(random.nextInt(owed.size())));
      } else {
        land(flights.remove(random.nextInt(flights.size())));
      }
    }
    throw new AssertionError("the job never ends");
  }

  Tally tally() {
    return Tally.of(judge, draw, facts);
  }

  Selection selection() {
    return selection;
  }

  private void start(Flight flight) {
    flights.add(flight);
    owed.remove(flight.record());
    if (flight.fact() instanceof CallEvent call) {
      requests++;
      if (repeat == Repeat.NEVER) {
        journal.add(Facts.started(call.record(), call.stage(), call.ask()));
        durable = journal.size();
      }
    }
  }

  private void land(Flight flight) {
    append(flight.fact());
    if (flight.fact() instanceof CallEvent call && mayRepeat(call)) {
      append(call);
    }
    if (random.nextInt(8) == 0) {
      durable = journal.size();
    }
  }

  /// A fact comes twice when a call raced a crash; of attempts that count, once an ask.
  private boolean mayRepeat(CallEvent call) {
    return repeat == Repeat.ON_UNKNOWN
        && random.nextInt(5) == 0
        && repeated.add(new Ask(call.record(), call.stage(), call.ask()));
  }

  private void append(JournalEvent fact) {
    journal.add(fact);
    RecordId record = Tally.recordOf(fact);
    RecordFacts own = known(record).with(fact);
    facts.put(record, own);
    owed.remove(record);
    judge
        .outcome(own, draw.taskOf(record))
        .sample()
        .flatMap(sample -> Tally.mark(selection, record, sample))
        .ifPresent(owed::remove);
  }

  private void crash() {
    crashesLeft--;
    flights.clear();
    int kept = random.nextInt(durable, journal.size() + 1);
    journal.subList(kept, journal.size()).clear();
    durable = kept;
    facts = Tally.byRecord(world.records, journal);
    selection = new Selection(draw);
    facts.forEach((record, own) ->
        judge
            .outcome(own, draw.taskOf(record))
            .sample()
            .ifPresent(sample -> Tally.mark(selection, record, sample)));
    owed.clear();
  }

  private List<Flight> owed() {
    return facts.values().stream()
        .flatMap(own -> owed.computeIfAbsent(own.record(), _ -> owed(own)).stream())
        .toList();
  }

  private List<Flight> owed(RecordFacts own) {
    RecordId record = own.record();
    if (flies(record, Optional.of(Stage.CAPTION))) {
      return List.of();
    }
    return switch (judge.caption(() -> "", own.calls(Stage.CAPTION))) {
      case CaptionVerdict.Owed(int ask, int _, Optional<Complaint> _) ->
          List.of(call(own, Stage.CAPTION, ask));
      case CaptionVerdict.Accepted accepted ->
          Stream.concat(
                  embed(own, accepted.text()).stream(),
                  draw
                      .taskOf(record)
                      .filter(_ -> selection.wanted(record))
                      .flatMap(task -> instruct(own, task, accepted.text()))
                      .stream())
              .toList();
      case CaptionVerdict.Rejected _, CaptionVerdict.Failed _, CaptionVerdict.Parked _ -> List.of();
    };
  }

  private Optional<Flight> embed(RecordFacts own, String text) {
    boolean due =
        judge.embedding(text, own.embeddings()) instanceof EmbeddingVerdict.Owed
            && !flies(own.record(), Optional.empty());
    if (!due) {
      return Optional.empty();
    }
    boolean stray = own.embeddings().isEmpty() && own.record().ordinal() % 4 == 0;
    JournalEvent fact =
        stray
            ? world.strayEmbedding(own.record(), text, own.record().ordinal() % 8 == 0)
            : world.embed(own.record(), text);
    return Optional.of(new Flight(own.record(), Optional.empty(), fact));
  }

  private Optional<Flight> instruct(RecordFacts own, TaskName task, String caption) {
    if (flies(own.record(), Optional.of(task.stage()))) {
      return Optional.empty();
    }
    return judge.sample(task, caption, own.calls(task.stage()))
            instanceof SampleVerdict.Owed(int ask, int _, Optional<Complaint> _)
        ? Optional.of(call(own, task.stage(), ask))
        : Optional.empty();
  }

  private Flight call(RecordFacts own, Stage stage, int ask) {
    long made =
        own.calls(stage).stream()
            .filter(call -> call.ask() == ask)
            .mapToLong(call ->
                switch (call) {
                  case LlmReplied reply -> reply.latency().toMillis() + 1;
                  case CallFailed failed -> failed.latency().toMillis() + 1;
                  case JournalEvent.CallStarted _ -> 0;
                })
            .max()
            .orElse(0);
    JournalEvent fact = world.attempt(own.record(), stage, ask, Math.toIntExact(made));
    return new Flight(own.record(), Optional.of(stage), fact);
  }

  private boolean flies(RecordId record, Optional<Stage> stage) {
    return flights.stream()
        .anyMatch(flight -> flight.record().equals(record) && flight.stage().equals(stage));
  }

  private RecordFacts known(RecordId record) {
    RecordFacts own = facts.get(record);
    if (own == null) {
      throw new AssertionError("no such record: " + record);
    }
    return own;
  }
}
