package dev.alicorn.bench.load;

import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobStatus;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// A job that a bench has begun.
record RunningJob(ActorRef<Job.Command> job, CompletableFuture<JobEnd> end, ActorSystem<?> system) {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(30);

  /// Waits until so many captions are settled, each reply durable and judged; the job goes on to
  /// its dataset.
  ///
  /// @param watch shown the job as it stands, again and again
  void untilSettled(long captions, Consumer<JobStatus> watch) throws Exception {
    while (!end.isDone()) {
      JobStatus status =
          AskPattern.<Job.Command, JobStatus>ask(
                  job, Job.Watch::new, ASK_TIMEOUT, system.scheduler())
              .toCompletableFuture()
              .get();
      watch.accept(status);
      if (status.progress().captionsSettled() >= captions) {
        return;
      }
      lookAgainLater();
    }
  }

  private void lookAgainLater() throws Exception {
    try {
      end.get(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // It goes on.
    }
  }

  JobEnd.Completed completed() throws Exception {
    return switch (end.get()) {
      case JobEnd.Completed completed -> completed;
      case JobEnd other -> throw new IllegalStateException("the job was to be completed: " + other);
    };
  }

  /// Pauses it and waits for that.
  void pause() throws Exception {
    job.tell(new Job.Pause(PauseReason.USER, "measured"));
    end.get();
  }
}
