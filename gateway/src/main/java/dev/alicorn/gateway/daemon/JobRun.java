package dev.alicorn.gateway.daemon;

import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobStatus;
import dev.alicorn.engine.job.SeedInflow;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// A job as it runs here: its actor, and what it is asked and told.
///
/// @param end completes when the actor has ended
record JobRun(ActorRef<Job.Command> actor, CompletableFuture<JobEnd> end, ActorSystem<?> system) {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

  /// How far it is; empty where it ends before it answers, or takes too long to.
  CompletionStage<Optional<JobStatus>> look() {
    CompletableFuture<JobStatus> status =
        AskPattern.<Job.Command, JobStatus>ask(
                actor, Job.Watch::new, ASK_TIMEOUT, system.scheduler())
            .toCompletableFuture();
    return CompletableFuture.anyOf(status, end)
        .handle((_, _) ->
            status.isDone() && !status.isCompletedExceptionally()
                ? Optional.of(status.join())
                : Optional.empty());
  }

  /// Sends it seeds, or says that none follows; fails with a [ConflictException] where it takes
  /// none.
  CompletionStage<SeedInflow.Answer.Taken> tellSeeds(
      Function<ActorRef<SeedInflow.Answer>, Job.Command> command) {
    return AskPattern.<Job.Command, SeedInflow.Answer>ask(
            actor, command::apply, ASK_TIMEOUT, system.scheduler())
        .thenApply(given ->
            switch (given) {
              case SeedInflow.Answer.Taken taken -> taken;
              case SeedInflow.Answer.NotTaken(String why) ->
                  throw new CompletionException(new ConflictException(why));
            });
  }

  void pause() {
    actor.tell(new Job.Pause(PauseReason.USER, "it was paused"));
  }

  void cancel() {
    actor.tell(new Job.Cancel());
  }

  /// Leaves it where it is, for the next start of the daemon; completes when it has ended.
  CompletionStage<?> leave() {
    actor.tell(new Job.Leave());
    return end.handle((_, _) -> true);
  }
}
