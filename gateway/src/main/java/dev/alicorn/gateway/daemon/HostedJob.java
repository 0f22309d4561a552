package dev.alicorn.gateway.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.JobStatus;
import dev.alicorn.engine.job.SeedInflow;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.records.FirstRecords;
import dev.alicorn.engine.records.RecentRecords;
import dev.alicorn.engine.records.SettledRecord;
import dev.alicorn.engine.state.JobProgress;
import dev.alicorn.gateway.daemon.JobView.State;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One job of the daemon: its state, and what it is told.
///
/// What the journal says comes first: each change of state is a fact before it is told here, except
/// for a failure, which may be that no fact can be written. Thread-safe.
public final class HostedJob {
  private static final Logger LOG = LoggerFactory.getLogger(HostedJob.class);

  private final StoredJob stored;
  private final JobEvents events;
  private final RecentRecords recent;
  private final Optional<JsonNode> toldBefore;
  private final JobHistory history;
  private State state;
  private Optional<PauseReason> pause;
  private Optional<String> detail;
  private Optional<String> dataset;
  private Optional<JobProgress> progress = Optional.empty();
  private Optional<Statement> bill = Optional.empty();
  private JobSpec spec;
  private @Nullable JobRun run;
  private boolean hasRun;
  private boolean firstRead;

  /// @param recent takes what the job settles as it runs
  HostedJob(StoredJob stored, RecentRecords recent) {
    this.stored = stored;
    this.recent = recent;
    this.spec = stored.spec();
    this.history = new JobHistory(spec);
    this.dataset = stored.life().dataset();
    this.state =
        switch (stored.life().phase()) {
          case UNFINISHED -> State.RUNNING;
          case PAUSED -> State.PAUSED;
          case COMPLETED -> State.COMPLETED;
          case CANCELLED -> State.CANCELLED;
          case FAILED -> State.FAILED;
        };
    this.pause = stored.life().pause();
    this.detail =
        state == State.RUNNING ? Optional.of("it is being taken up") : stored.life().detail();
    this.events = JobEvents.of(stored.folder());
    this.toldBefore = events.newest().map(JobEvents.Change::job).map(JobJson::read);
    if (!events.newest().map(JobEvents.Change::state).equals(Optional.of(state))) {
      events.changed(view());
    }
  }

  public JobId id() {
    return stored.id();
  }

  StoredJob stored() {
    return stored;
  }

  /// The changes of its state.
  public JobEvents events() {
    return events;
  }

  /// Takes what the job settles as it runs.
  RecentRecords recent() {
    return recent;
  }

  /// How far it was, while it ran here.
  public JobHistory history() {
    return history;
  }

  /// Records as they are known, those of the first facts for a job that has not run here.
  public RecordsView records(
      Optional<RecentRecords.Step> step, Optional<SettledRecord.Outcome> outcome, int max)
      throws JournalException {
    synchronized (recent) {
      if (!hasRun() && !firstRead) {
        firstRead = true;
        FirstRecords.read(stored.folder().resolve("journal"), stored.spec(), recent);
      }
    }
    return new RecordsView(recent.newest(step, outcome, max), hasRun());
  }

  private synchronized boolean hasRun() {
    return hasRun;
  }

  synchronized JobSpec spec() {
    return spec;
  }

  /// The job as it is known without asking it.
  public synchronized JobView view() {
    return new JobView(
        stored.id(),
        spec,
        stored.createdAt(),
        state,
        pause,
        detail,
        progress,
        bill,
        progress.isPresent() ? Optional.empty() : toldBefore,
        dataset);
  }

  /// The job as it is now.
  public CompletionStage<JobView> look() {
    JobRun running = running();
    return running == null
        ? CompletableFuture.completedStage(view())
        : running
            .look()
            .thenApply(status -> {
              status.ifPresent(seen -> seen(running, seen));
              return view();
            });
  }

  private synchronized @Nullable JobRun running() {
    return run;
  }

  /// Looks at it, where it runs, for those who list it and for its history.
  void note() {
    if (running() != null) {
      var _ = look().thenAccept(this::note);
    }
  }

  private void note(JobView now) {
    if (now.progress().isPresent() && now.bill().isPresent()) {
      history.add(Instant.now(), now.progress().get(), now.bill().get());
    }
  }

  private synchronized void seen(JobRun running, JobStatus status) {
    if (running.equals(run)) {
      progress = Optional.of(status.progress());
      bill = Optional.of(status.bill());
      if (state == State.RUNNING) {
        detail = status.held();
      }
    }
  }

  /// Takes over a job that has been opened and runs from now on.
  ///
  /// @param setup that it runs with
  synchronized void started(JobSetup setup, JobRun begun) {
    run = begun;
    hasRun = true;
    spec = setup.spec();
    become(State.RUNNING, Optional.empty());
    var _ = begun.end().whenComplete(this::ended);
  }

  /// Cannot run for now.
  synchronized void paused(PauseReason reason, String why) {
    become(State.PAUSED, Optional.of(reason), Optional.of(why));
  }

  /// Was cancelled while nobody ran it.
  synchronized void cancelled() {
    become(State.CANCELLED, Optional.empty());
  }

  /// Cannot run at all.
  synchronized void failed(String why) {
    become(State.FAILED, Optional.of(why));
  }

  private synchronized void ended(@Nullable JobEnd how, @Nullable Throwable failure) {
    run = null;
    if (how == null) {
      LOG.error("job {} failed", stored.id(), failure);
      become(
          State.FAILED,
          Optional.of(failure == null ? "it failed" : String.valueOf(failure.getMessage())));
      return;
    }
    progress = Optional.of(how.progress());
    bill = Optional.of(how.bill());
    note(view());
    switch (how) {
      case JobEnd.Completed completed -> {
        dataset = Optional.of(completed.dataset().folder().getFileName().toString());
        become(State.COMPLETED, Optional.empty());
      }
      case JobEnd.Paused(var _, var _, PauseReason reason, String why) -> paused(reason, why);
      case JobEnd.Cancelled _ -> become(State.CANCELLED, Optional.empty());
      case JobEnd.Left _ -> paused(PauseReason.USER, "the daemon stops");
    }
  }

  /// Pauses it; it is paused when its calls in flight have ended. A paused one stays as it is.
  public synchronized void pause() throws ConflictException {
    if (state.isFinal() || (run == null && state == State.RUNNING)) {
      throw conflict("paused");
    }
    if (state == State.RUNNING) {
      become(State.DRAINING, Optional.of("until it is paused"));
      Objects.requireNonNull(run).pause();
    }
  }

  /// Cancels it while it runs.
  ///
  /// @return whether it runs, so that it ends by itself
  synchronized boolean cancel() throws ConflictException {
    if (state == State.COMPLETED || state == State.FAILED) {
      throw conflict("cancelled");
    }
    if (run != null) {
      become(State.DRAINING, Optional.of("until it is cancelled"));
      run.cancel();
    }
    return run != null || state == State.CANCELLED;
  }

  /// Whether it can be started: it is paused, and nobody runs it.
  synchronized boolean isStartable() throws ConflictException {
    if (state.isFinal()) {
      throw conflict("resumed");
    }
    return run == null;
  }

  /// Sends it seeds, which it has when its source is a stream; completes when they are durable, and
  /// fails with a [ConflictException] where it takes none.
  ///
  /// @param rows at most [SeedInflow#ROWS_MAX]; the next when these are answered
  public CompletionStage<SeedInflow.Answer.Taken> addSeeds(List<SeedInflow.Row> rows)
      throws ConflictException {
    return tellSeeds(replyTo -> new Job.AddSeeds(rows, replyTo));
  }

  /// Says that no seed follows.
  public CompletionStage<SeedInflow.Answer.Taken> seal() throws ConflictException {
    return tellSeeds(Job.Seal::new);
  }

  private CompletionStage<SeedInflow.Answer.Taken> tellSeeds(
      Function<ActorRef<SeedInflow.Answer>, Job.Command> command) throws ConflictException {
    JobRun running;
    synchronized (this) {
      if (run == null) {
        throw conflict("sent seeds");
      }
      running = run;
    }
    return running.tellSeeds(command);
  }

  /// Leaves it where it is, for the next start of the daemon.
  CompletionStage<?> leave() {
    JobRun running = running();
    return running == null ? CompletableFuture.completedStage(null) : running.leave();
  }

  private void become(State next, Optional<String> why) {
    become(next, Optional.empty(), why);
  }

  private void become(State next, Optional<PauseReason> reason, Optional<String> why) {
    state = next;
    pause = reason;
    detail = why;
    LOG.atInfo()
        .addKeyValue("job", stored.id())
        .addKeyValue("state", state.key())
        .log("job {} is {}{}", stored.id(), state.key(), why.map(text -> ": " + text).orElse(""));
    events.changed(view());
  }

  private ConflictException conflict(String told) {
    return new ConflictException(
        "job "
            + stored.id()
            + (run == null && state == State.RUNNING
                ? " is being taken up and cannot be " + told + " yet; ask again in a moment"
                : " is " + state.key() + " and cannot be " + told));
  }
}
