package dev.alicorn.gateway.cli;

import dev.alicorn.engine.job.BindingException;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.JobStatus;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.gateway.wiring.Spawning;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// A job in the foreground: its progress is shown until it has ended, and an interrupt pauses it.
final class RunningJob implements AutoCloseable {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(30);

  private final ActorSystem<SpawnProtocol.Command> system;
  private final ActorRef<Job.Command> job;
  private final CompletableFuture<JobEnd> end;
  private final boolean embeds;
  private Optional<String> held = Optional.empty();
  private final OnInterrupt onInterrupt;

  private RunningJob(
      ActorSystem<SpawnProtocol.Command> system,
      ActorRef<Job.Command> job,
      CompletableFuture<JobEnd> end,
      boolean embeds) {
    this.system = system;
    this.job = job;
    this.end = end;
    this.embeds = embeds;
    this.onInterrupt = OnInterrupt.doing(() -> pause(job));
  }

  static RunningJob start(ActorSystem<SpawnProtocol.Command> system, JobSetup setup)
      throws JournalException, BindingException {
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    var behavior = Job.open(setup, end);
    ActorRef<Job.Command> job = Spawning.spawn(system, behavior, "job-" + setup.id());
    return new RunningJob(system, job, end, setup.encoder().isPresent());
  }

  /// Waits for the end, showing how far the job is.
  ///
  /// @throws ExecutionException when a bug broke the job
  JobEnd watch() throws InterruptedException, ExecutionException {
    try (ProgressView view = ProgressView.ofTerminal()) {
      while (true) {
        try {
          JobEnd how = end.get(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
          view.show(StepProgress.of(how.progress(), embeds));
          return how;
        } catch (TimeoutException e) {
          look(view);
        }
      }
    }
  }

  private void look(ProgressView view) throws InterruptedException, ExecutionException {
    CompletableFuture<JobStatus> status =
        AskPattern.<Job.Command, JobStatus>ask(job, Job.Watch::new, ASK_TIMEOUT, system.scheduler())
            .toCompletableFuture();
    CompletableFuture.anyOf(status, end).get();
    if (status.isDone() && !status.isCompletedExceptionally()) {
      view.show(StepProgress.of(status.join().progress(), embeds));
      tellHeld(status.join().held());
    }
  }

  private void tellHeld(Optional<String> now) {
    if (now.isPresent() != held.isPresent()) {
      System.err.println(
          now.map(why -> "held: " + why + "; the job goes on by itself, nothing is lost")
              .orElse("the disk has room again: the job goes on"));
    }
    held = now;
  }

  private static void pause(ActorRef<Job.Command> job) {
    System.err.println("interrupted: waiting for the calls in flight, whose replies are kept");
    job.tell(new Job.Pause(PauseReason.USER, "it was interrupted"));
  }

  @Override
  public void close() {
    onInterrupt.close();
  }
}
