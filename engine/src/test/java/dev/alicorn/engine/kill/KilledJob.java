package dev.alicorn.engine.kill;

import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A job that is run, killed and run again until it is completed, and the account of what that
/// cost.
public final class KilledJob implements AutoCloseable {
  private static final int BARRIER_RECORDS = 64;
  private static final int SIGKILL = 137;
  private static final Duration LATENCY = Duration.ofMillis(10);

  private final ChildJvm jvm;
  private final Path folder;
  private final JobShape shape;
  private final ScriptedEndpoint endpoint;
  private final List<Stand> stands = new ArrayList<>();
  private List<ContentHash> facts = List.of();
  private long acknowledged;
  private long unanswered;
  private boolean sealed;
  private boolean completed;
  private boolean recoveryBefore;
  private KillFigures figures = KillFigures.NONE;

  /// What stood at a kill.
  ///
  /// @param requests how often each call had been requested
  private record Stand(Map<String, Integer> requests, int replied) {}

  private KilledJob(ChildJvm jvm, Path folder, JobShape shape) throws IOException {
    this.jvm = jvm;
    this.folder = Files.createDirectories(folder);
    this.shape = shape;
    shape.write(folder);
    endpoint = ScriptedEndpoint.scripted().answeringAfter(LATENCY, 0.5).start();
  }

  /// @param folder takes seeds, journal and dataset
  static KilledJob begin(ChildJvm jvm, Path folder, JobShape shape) throws IOException {
    return new KilledJob(jvm, folder, shape);
  }

  /// Runs it and kills it, if it comes to the kill before it is completed.
  ///
  /// @return whether it was killed
  public boolean liveAndDie(Kill kill) throws Exception {
    Optional<ChildJvm.Armed> armed =
        kill instanceof Kill.AtFailpoint at
            ? Optional.of(new ChildJvm.Armed(at.failpoint(), at.hit()))
            : Optional.empty();
    Life life = start(armed);
    switch (kill) {
      case Kill.AtFailpoint _ -> {
        life.untilAtFailpoint();
        life.kill();
      }
      case Kill.AtRequest(long more, int millis) -> {
        long wanted = endpoint.ledger().requests() + more;
        boolean ended = false;
        while (!ended && endpoint.ledger().requests() < wanted) {
          ended = life.endsWithin(1);
        }
        if (!life.endsWithin(millis)) {
          life.kill();
        }
      }
      case Kill.InRecovery(int millis) -> {
        life.untilOpening();
        if (!life.endsWithin(millis)) {
          life.kill();
        }
      }
    }
    boolean killed = ended(life) == SIGKILL;
    if (killed) {
      requireItsFailpoint(kill, life);
      count(kill);
    }
    takeStock(life, killed);
    return killed;
  }

  /// Runs it with another heap at an endpoint with faults, which go with the process, until it ends
  /// by itself.
  ///
  /// @return the exit code
  int liveOn(String heap, FaultPlan faults) throws Exception {
    endpoint.suffers(faults);
    Life life =
        new Life(
            jvm.withOption(heap).start(JobMain.class, Optional.empty(), errors(), arguments()));
    int exitCode = life.end();
    endpoint.suffers(FaultPlan.NONE);
    untilQuiet();
    takeStock(life, true);
    return exitCode;
  }

  /// Runs it to its end.
  public void complete() throws Exception {
    Life life = start(Optional.empty());
    if (ended(life) == SIGKILL || !completed) {
      throw new IllegalStateException("the job was not completed: " + life.lastLine());
    }
    takeStock(life, false);
  }

  public boolean completed() {
    return completed;
  }

  /// Whether all its seeds are journaled.
  public boolean sealed() {
    return sealed;
  }

  public JobShape shape() {
    return shape;
  }

  private Life start(Optional<ChildJvm.Armed> armed) throws IOException {
    return new Life(jvm.start(JobMain.class, armed, errors(), arguments()));
  }

  List<String> arguments() {
    return List.of(
        folder.toString(), endpoint.url().toString(), Integer.toString(shape.inFlightMax()));
  }

  Path folder() {
    return folder;
  }

  Path errors() {
    return folder.resolve("errors.txt");
  }

  Path journal() {
    return folder.resolve("job/journal");
  }

  Path dataset() {
    return folder.resolve("dataset");
  }

  private int ended(Life life) throws Exception {
    int exitCode = life.end();
    completed = life.completed();
    if (exitCode != SIGKILL && !(exitCode == 0 && completed)) {
      throw new IllegalStateException(
          "the job ended with %d and said %s: %s"
              .formatted(exitCode, life.lastLine(), Files.readString(errors())));
    }
    untilQuiet();
    return exitCode;
  }

  private void untilQuiet() {
    while (endpoint.ledger().inFlight() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void requireItsFailpoint(Kill kill, Life life) {
    if (kill instanceof Kill.AtFailpoint at
        && !life.failpoint().equals(Optional.of(at.failpoint()))) {
      throw new IllegalStateException("it was not killed at " + at + " but at " + life.failpoint());
    }
  }

  private void count(Kill kill) {
    boolean recovery = kill.inRecovery();
    boolean atFailpoint = kill instanceof Kill.AtFailpoint;
    figures =
        figures.plus(
            new KillFigures(
                !recovery && !atFailpoint ? 1 : 0,
                !recovery && atFailpoint ? 1 : 0,
                recovery ? 1 : 0,
                recovery && recoveryBefore ? 1 : 0,
                shape.never() ? 1 : 0,
                0,
                0,
                0,
                0,
                0,
                (long) shape.inFlightMax() + BARRIER_RECORDS,
                0,
                0,
                0,
                0,
                0,
                0));
    recoveryBefore = recovery;
  }

  private void takeStock(Life life, boolean killed) throws Exception {
    JournalFold journal = JournalFold.of(journal());
    acknowledged = Math.max(acknowledged, life.durableSeq());
    long lost = journal.lost(facts, acknowledged);
    facts = journal.facts();
    sealed = journal.sealed();
    long unansweredNow = endpoint.ledger().requests() - journal.attempts();
    long repeats = unansweredNow - unanswered;
    unanswered = unansweredNow;
    figures = figures.plus(KillFigures.ofStock(lost, shape.never() ? 0 : repeats));
    if (killed) {
      stands.add(new Stand(requests(), journal.replies().size()));
    }
  }

  private Map<String, Integer> requests() {
    Map<String, Integer> requests = new HashMap<>();
    endpoint.ledger().calls().forEach((key, call) -> requests.put(key, call.requests()));
    return requests;
  }

  /// The account of a completed job.
  ///
  /// @param undisturbed what a run of the same shape makes that nobody kills
  public KillFigures account(Undisturbed undisturbed) throws Exception {
    Map<String, CallLedger.Call> calls = endpoint.ledger().calls();
    JournalFold journal = JournalFold.of(journal());
    long again = calls.values().stream().mapToLong(call -> call.requests() - 1L).sum();
    long duplicates = 0;
    for (Stand stand : stands) {
      long askedAgain =
          stand.requests().entrySet().stream()
              .filter(before ->
                  calls.get(before.getKey()) instanceof CallLedger.Call now
                      && now.requests() > before.getValue())
              .count();
      long owed = shape.never() ? 0 : stand.requests().size() - stand.replied();
      duplicates = Math.max(duplicates, Math.abs(askedAgain - owed));
    }
    if (!shape.never()) {
      duplicates = Math.max(duplicates, journal.attempts() - calls.size());
    }
    Outcomes outcomes = Outcomes.of(dataset());
    return figures.plus(
        new KillFigures(
            0,
            0,
            0,
            0,
            0,
            acknowledged,
            0,
            duplicates,
            0,
            0,
            0,
            shape.never() ? again : 0,
            outcomes.parked(),
            Math.abs(outcomes.parked() - journal.unknown()),
            Math.abs(shape.seeds() - outcomes.captions()),
            1,
            undisturbed.equalsRun(this, journal) ? 0 : 1));
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
