package dev.alicorn.engine.job;

import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.records.RecentRecords;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.engine.state.JobProgress;
import dev.alicorn.engine.step.Hold;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.JobCancelled;
import dev.alicorn.protocol.JournalEvent.JobCompleted;
import dev.alicorn.protocol.JournalEvent.JobPaused;
import dev.alicorn.protocol.JournalEvent.JobResumed;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// A job while it runs here.
///
/// Its life:
/// - *running*: its streams work off what the journal leaves owed; while the disk is short, new
///   work is held and goes on by itself;
/// - *draining*: somebody or something asked it to stop, calls in flight end, nothing further is
///   begun;
/// - *finishing*: all is settled, and the dataset is made of the journal;
/// - stopped: the journal is closed and its [JobEnd] is told.
public final class Job {
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final ActorContext<Command> context;
  private final OpenJob job;
  private final Hold hold;
  private final JobBrake brake;
  private final JobStreams streams;
  private final SeedInflow seeds;
  private final CompletableFuture<JobEnd> end;
  private boolean snapshotting;

  /// What a job is told.
  public sealed interface Command {}

  /// Stops the job before it is done: calls in flight end, nothing further is begun. Once its
  /// dataset is being made it is not stopped any more.
  public sealed interface Stop extends Command {}

  /// Until somebody resumes it.
  public record Pause(PauseReason reason, String detail) implements Stop {}

  /// For good; what its journal holds stays.
  public record Cancel() implements Stop {}

  /// Until the next start here, which goes on with it.
  public record Leave() implements Stop {}

  /// Asks how far the job is.
  public record Watch(ActorRef<JobStatus> replyTo) implements Command {}

  /// Sends seeds to a job whose source is a stream: at most [SeedInflow#ROWS_MAX] at a time, the
  /// next when these are answered.
  public record AddSeeds(List<SeedInflow.Row> rows, ActorRef<SeedInflow.Answer> replyTo)
      implements Command {}

  /// Says that no seed follows.
  public record Seal(ActorRef<SeedInflow.Answer> replyTo) implements Command {}

  private record Look() implements Command {}

  private record Noted() implements Command {}

  private record SnapshotTaken() implements Command {}

  private record StreamsEnded() implements Command {}

  private record DatasetMade(ReplayResult dataset) implements Command {}

  private record Ended(JobEnd how) implements Command {}

  private record Broken(Throwable failure) implements Command {}

  private Job(
      ActorContext<Command> context,
      OpenJob job,
      RecentRecords recent,
      CompletableFuture<JobEnd> end) {
    this.context = context;
    this.job = job;
    this.hold = new Hold(context.getExecutionContext());
    this.brake = new JobBrake(context.getSelf());
    this.streams = new JobStreams(job, hold, brake, recent, context.getSystem());
    this.seeds = new SeedInflow(job.journal(), job.state().seeds(), job.state().seedIds());
    this.end = end;
  }

  /// Opens the job's journal, on the calling thread, and gives the behavior that works it off.
  ///
  /// @param end completed when the job has stopped here, exceptionally where a bug broke it
  /// @throws JournalException when the journal is damaged or cannot be written
  /// @throws BindingException when an endpoint or the encoder is not the one that the job began
  ///   with
  public static Behavior<Command> open(JobSetup setup, CompletableFuture<JobEnd> end)
      throws JournalException, BindingException {
    return open(setup, new RecentRecords(), end);
  }

  /// The same for a job that is looked at closely.
  ///
  /// @param recent takes the records that are settled
  public static Behavior<Command> open(
      JobSetup setup, RecentRecords recent, CompletableFuture<JobEnd> end)
      throws JournalException, BindingException {
    OpenJob job = OpenJob.open(setup);
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> start(context, timers, new Job(context, job, recent, end))));
  }

  /// Cancels a job that nobody runs, on the calling thread.
  public static void cancelStopped(Path journalFolder, JournalSettings settings, String version)
      throws JournalException {
    try (Journal journal = Journal.open(journalFolder, settings, version)) {
      journal.append(new JobCancelled(Instant.now())).join();
    }
  }

  private static Behavior<Command> start(
      ActorContext<Command> context, TimerScheduler<Command> timers, Job self) {
    timers.startTimerAtFixedRate(new Look(), LOOK_INTERVAL);
    // Before the first call, and not a second after it.
    Behavior<Command> first = self.checkDisk(Optional.empty());
    context.pipeToSelf(
        self.streams.run(),
        (_, failure) -> failure == null ? new StreamsEnded() : new Broken(failure));
    return first;
  }

  /// @param held what the disk is short of, while new work is held
  private Behavior<Command> running(Optional<String> held) {
    return Behaviors.receiveMessage(command ->
        switch (command) {
          case Stop stop -> onStop(stop);
          case Look _ -> onLook(held);
          case StreamsEnded _ -> onAllSettled();
          case Watch(ActorRef<JobStatus> replyTo) -> onWatch(replyTo, held);
          case AddSeeds(var rows, var replyTo) -> onSeeds(() -> seeds.add(rows), replyTo);
          case Seal(var replyTo) -> onSeeds(seeds::seal, replyTo);
          case Broken(Throwable failure) -> onBroken(failure);
          case Noted _ -> Behaviors.same();
          case SnapshotTaken _ -> onSnapshotTaken();
          case DatasetMade _, Ended _ -> Behaviors.unhandled();
        });
  }

  private Behavior<Command> draining(Stop stop) {
    return Behaviors.receiveMessage(command ->
        switch (command) {
          case Cancel cancel -> draining(cancel);
          case StreamsEnded _ -> onDrained(stop);
          case Watch(ActorRef<JobStatus> replyTo) -> onWatch(replyTo, Optional.empty());
          case AddSeeds(var _, var replyTo) -> refuseSeeds(replyTo);
          case Seal(var replyTo) -> refuseSeeds(replyTo);
          case Broken(Throwable failure) -> onBroken(failure);
          case Ended(JobEnd how) -> onEnded(how);
          case Stop _, Look _, Noted _, SnapshotTaken _ -> Behaviors.same();
          case DatasetMade _ -> Behaviors.unhandled();
        });
  }

  private Behavior<Command> finishing() {
    return Behaviors.receiveMessage(command ->
        switch (command) {
          case DatasetMade(ReplayResult dataset) -> onDatasetMade(dataset);
          case Watch(ActorRef<JobStatus> replyTo) -> onWatch(replyTo, Optional.empty());
          case AddSeeds(var _, var replyTo) -> refuseSeeds(replyTo);
          case Seal(var replyTo) -> refuseSeeds(replyTo);
          case Broken(Throwable failure) -> onBroken(failure);
          case Ended(JobEnd how) -> onEnded(how);
          case Stop _, Look _, Noted _, SnapshotTaken _ -> Behaviors.same();
          case StreamsEnded _ -> Behaviors.unhandled();
        });
  }

  private Behavior<Command> onStop(Stop stop) {
    switch (stop) {
      case Pause(PauseReason reason, String detail) -> {
        context.getLog().info("job {} pauses: {}", job.setup().id(), detail);
        brake.engage(reason, detail);
      }
      case Cancel _ -> brake.engage(PauseReason.USER, "it is cancelled");
      case Leave _ -> brake.engage(PauseReason.USER, "the program stops");
    }
    streams.drain();
    return draining(stop);
  }

  /// Holds new work while the disk is short, and lets it go on when it no longer is.
  private Behavior<Command> checkDisk(Optional<String> held) {
    Optional<String> shortage;
    try {
      shortage = job.setup().disk().shortage(job.setup().folder(), held.isPresent());
    } catch (IOException e) {
      return onStop(
          new Pause(
              PauseReason.DISK,
              "the free space of " + job.setup().folder() + " cannot be read: " + e.getMessage()));
    }
    if (held.isEmpty() && shortage.isPresent()) {
      context.getLog().info("job {} is held: {}", job.setup().id(), shortage.get());
      hold.shut();
      journal(new JobPaused(PauseReason.DISK, shortage.get(), Instant.now()));
    } else if (held.isPresent() && shortage.isEmpty()) {
      context.getLog().info("job {} goes on: the disk has room again", job.setup().id());
      journal(new JobResumed(job.setup().spec().budget(), Instant.now()));
      hold.open();
    }
    return running(shortage);
  }

  private void journal(JournalEvent fact) {
    context.pipeToSelf(
        job.journal().append(fact),
        (_, failure) -> failure == null ? new Noted() : new Broken(failure));
  }

  private Behavior<Command> onLook(Optional<String> held) {
    advanceSnapshotWhenDue();
    return checkDisk(held);
  }

  /// Has the snapshot brought up to date, beside the job, when the next start would fold too much.
  private void advanceSnapshotWhenDue() {
    if (!snapshotting && job.snapshots().isDue()) {
      snapshotting = true;
      context.pipeToSelf(
          CompletableFuture.runAsync(job.snapshots()::advance, blocking()),
          (_, failure) -> failure == null ? new SnapshotTaken() : new Broken(failure));
    }
  }

  private Behavior<Command> onSnapshotTaken() {
    snapshotting = false;
    return Behaviors.same();
  }

  private Executor blocking() {
    return context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
  }

  private Behavior<Command> onWatch(ActorRef<JobStatus> replyTo, Optional<String> held) {
    replyTo.tell(new JobStatus(job.backlog().progress(), job.spending().statement(), held));
    return Behaviors.same();
  }

  private Behavior<Command> onSeeds(
      Supplier<CompletableFuture<SeedInflow.Answer>> answer, ActorRef<SeedInflow.Answer> replyTo) {
    if (!job.setup().spec().isStreamed()) {
      replyTo.tell(new SeedInflow.Answer.NotTaken("the job's seeds come from its spec"));
      return Behaviors.same();
    }
    context.pipeToSelf(
        answer.get().thenAccept(replyTo::tell),
        (_, failure) -> failure == null ? new Noted() : new Broken(failure));
    return Behaviors.same();
  }

  private static Behavior<Command> refuseSeeds(ActorRef<SeedInflow.Answer> replyTo) {
    replyTo.tell(new SeedInflow.Answer.NotTaken("the job stops or is done; it takes no seeds"));
    return Behaviors.same();
  }

  private Behavior<Command> onAllSettled() {
    context.pipeToSelf(
        CompletableFuture.supplyAsync(this::makeDataset, blocking()),
        (dataset, failure) -> failure == null ? new DatasetMade(dataset) : new Broken(failure));
    return finishing();
  }

  private ReplayResult makeDataset() {
    try {
      Path target = job.setup().datasetFolder();
      Replay replay =
          Replay.of(job.journal(), job.setup().version()).by(job.setup().spec().recipe());
      return Files.exists(target) ? replay.confirm(target) : replay.into(target);
    } catch (JournalException | DatasetException | ConfigException | IOException e) {
      throw new CompletionException(e);
    }
  }

  private Behavior<Command> onDatasetMade(ReplayResult dataset) {
    JobCompleted completed =
        new JobCompleted(
            dataset.folder().getFileName().toString(), dataset.manifest(), Instant.now());
    return endAfter(
        completed,
        new JobEnd.Completed(
            job.backlog().progress(),
            job.spending().statement(),
            dataset,
            job.backlog().shortfalls()),
        finishing());
  }

  private Behavior<Command> onDrained(Stop stop) {
    JobProgress progress = job.backlog().progress();
    Statement bill = job.spending().statement();
    return switch (stop) {
      case Pause(PauseReason reason, String detail) ->
          endAfter(
              new JobPaused(reason, detail, Instant.now()),
              new JobEnd.Paused(progress, bill, reason, detail),
              draining(stop));
      case Cancel _ ->
          endAfter(
              new JobCancelled(Instant.now()),
              new JobEnd.Cancelled(progress, bill),
              draining(stop));
      case Leave _ ->
          endWith(
              CompletableFuture.completedStage(null),
              new JobEnd.Left(progress, bill),
              draining(stop));
    };
  }

  private Behavior<Command> endAfter(JournalEvent last, JobEnd how, Behavior<Command> meanwhile) {
    return endWith(job.journal().append(last), how, meanwhile);
  }

  private Behavior<Command> endWith(
      CompletionStage<?> durable, JobEnd how, Behavior<Command> meanwhile) {
    context.pipeToSelf(
        durable.thenRunAsync(job.snapshots()::advance, blocking()),
        (_, failure) -> failure == null ? new Ended(how) : new Broken(failure));
    return meanwhile;
  }

  private Behavior<Command> onEnded(JobEnd how) {
    try {
      job.close();
      end.complete(how);
    } catch (JournalException e) {
      end.completeExceptionally(e);
    }
    return Behaviors.stopped();
  }

  private Behavior<Command> onBroken(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    try {
      job.close();
    } catch (JournalException e) {
      // A journal that has failed gives the same exception to all whom it tells.
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
    end.completeExceptionally(cause);
    return Behaviors.stopped();
  }
}
