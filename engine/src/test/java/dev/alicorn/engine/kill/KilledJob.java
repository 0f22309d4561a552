package dev.alicorn.engine.kill;

import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job that is run, killed and run again until it is completed, and the account of what that
/// cost.
public final class KilledJob implements AutoCloseable {
  private static final int SIGKILL = 137;
  private static final int BARRIER_RECORDS = JournalSettings.DEFAULT.barrierRecords();
  private static final Duration LATENCY = Duration.ofMillis(10);

  private final ChildJvm jvm;
  private final Path folder;
  private final JobShape shape;
  private final ScriptedEndpoint endpoint;
  private final KillAccount account;
  private @Nullable Life life;
  private boolean sealed;
  private boolean completed;

  private KilledJob(ChildJvm jvm, Path folder, JobShape shape) throws IOException {
    this.jvm = jvm;
    this.folder = Files.createDirectories(folder);
    this.shape = shape;
    shape.write(folder);
    endpoint = ScriptedEndpoint.scripted().answeringAfter(LATENCY, 0.5).start();
    account = new KillAccount(shape, BARRIER_RECORDS, endpoint.ledger());
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
    Life current = start(jvm, armed);
    switch (kill) {
      case Kill.AtFailpoint _ -> {
        current.untilAtFailpoint();
        current.kill();
      }
      case Kill.AtRequest(long more, int millis) -> {
        long wanted = endpoint.ledger().requests() + more;
        boolean ended = false;
        while (!ended && endpoint.ledger().requests() < wanted) {
          ended = current.endsWithin(1);
        }
        if (!current.endsWithin(millis)) {
          current.kill();
        }
      }
      case Kill.InRecovery(int millis) -> {
        current.untilOpening();
        if (!current.endsWithin(millis)) {
          current.kill();
        }
      }
    }
    boolean killed = ended(current) == SIGKILL;
    if (killed) {
      requireItsFailpoint(kill, current);
      account.killed(kill);
    }
    takeStock(current);
    return killed;
  }

  /// Runs it with another heap at an endpoint with faults, which go with the process, until it ends
  /// by itself.
  ///
  /// @return the exit code
  int liveOn(String heap, FaultPlan faults) throws Exception {
    endpoint.suffers(faults);
    Life current = start(jvm.withOption(heap), Optional.empty());
    int exitCode = current.end();
    endpoint.suffers(FaultPlan.NONE);
    endpoint.awaitDeserted();
    takeStock(current);
    return exitCode;
  }

  /// Runs it to its end.
  public void complete() throws Exception {
    Life current = start(jvm, Optional.empty());
    if (ended(current) == SIGKILL || !completed) {
      throw new IllegalStateException("the job was not completed: " + current.lastLine());
    }
    takeStock(current);
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

  private Life start(ChildJvm with, Optional<ChildJvm.Armed> armed) throws IOException {
    Life started = new Life(with.start(JobMain.class, armed, errors(), arguments()));
    life = started;
    return started;
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

  public Path journal() {
    return folder.resolve("job/journal");
  }

  public Path dataset() {
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
    endpoint.awaitDeserted();
    return exitCode;
  }

  private void takeStock(Life life) throws Exception {
    JournalFold journal = JournalFold.of(journal());
    sealed = journal.sealed();
    account.stock(journal, life.durableSeq());
  }

  private static void requireItsFailpoint(Kill kill, Life life) {
    if (kill instanceof Kill.AtFailpoint at
        && !life.failpoint().equals(Optional.of(at.failpoint()))) {
      throw new IllegalStateException("it was not killed at " + at + " but at " + life.failpoint());
    }
  }

  /// The account of a completed job.
  ///
  /// @param undisturbed what a run of the same shape makes that nobody kills
  KillFigures account(Undisturbed undisturbed) throws Exception {
    JournalFold journal = JournalFold.of(journal());
    return account.ofCompleted(
        journal, Outcomes.of(dataset()), undisturbed.equalsRun(this, journal));
  }

  /// Ends its process too, where that still runs.
  @Override
  public void close() {
    if (life != null) {
      life.kill();
    }
    endpoint.close();
  }
}
