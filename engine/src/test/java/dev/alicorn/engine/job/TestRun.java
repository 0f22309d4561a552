package dev.alicorn.engine.job;

import dev.alicorn.engine.llm.Endpoint;
import dev.alicorn.engine.llm.EndpointSnapshot;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// A run of a [TestJob].
///
/// @param pool looks at the endpoint's pool
/// @param inFlightMax asks of the job at a time
/// @param time the pool's clock, where it is not the machine's
record TestRun(
    ActorRef<Job.Command> job,
    Endpoint pool,
    CompletableFuture<JobEnd> outcome,
    Accounts accounts,
    int inFlightMax,
    Optional<VirtualTime> time,
    ActorSystem<?> system) {
  private static final long END_SECONDS_MAX = 120;
  private static final Duration VIRTUAL_TIME_MAX = Duration.ofDays(2);

  /// Waits for the end, while virtual time passes as the pool has it, and checks all accounts.
  JobEnd end() throws Exception {
    if (time.isPresent()) {
      passTime(time.get());
    }
    try {
      JobEnd end = outcome.get(END_SECONDS_MAX, TimeUnit.SECONDS);
      accounts.check(end);
      return end;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  EndpointSnapshot look() {
    return pool.snapshot("scripted").toCompletableFuture().join();
  }

  /// Waits until nothing is in flight and the pool makes whoever asks wait.
  EndpointSnapshot untilHeld() throws Exception {
    EndpointSnapshot seen = look();
    while (seen.inFlight() > 0 || seen.waits().isEmpty()) {
      endsWithinAMoment();
      seen = look();
    }
    return seen;
  }

  /// How the job stands now.
  JobStatus watch() {
    return AskPattern.<Job.Command, JobStatus>ask(
            job, Job.Watch::new, Duration.ofSeconds(END_SECONDS_MAX), system.scheduler())
        .toCompletableFuture()
        .join();
  }

  void pause() {
    job.tell(new Job.Pause(PauseReason.USER, "it was interrupted"));
  }

  /// Time passes only while all whom the job asks for wait: else it would outrun what is on its way
  /// through the journal.
  private void passTime(VirtualTime clock) throws Exception {
    while (!endsWithinAMoment()) {
      EndpointSnapshot seen = look();
      if (seen.inFlight() == 0 && seen.waits().isPresent() && seen.waiting() >= asks()) {
        clock.pass(Duration.ofMillis(seen.waits().get().toMillis() + 1));
      }
      if (clock.now().compareTo(VIRTUAL_TIME_MAX) > 0) {
        throw new AssertionError("the job goes on for days: " + seen);
      }
    }
  }

  /// How many asks the job has out while its captions are worked off.
  private long asks() throws Exception {
    CompletableFuture<JobStatus> status =
        AskPattern.<Job.Command, JobStatus>ask(
                job, Job.Watch::new, Duration.ofSeconds(END_SECONDS_MAX), system.scheduler())
            .toCompletableFuture();
    CompletableFuture.anyOf(status, outcome).get();
    return status.isDone()
        ? Math.clamp(accounts.seeds() - status.get().progress().captionsSettled(), 1, inFlightMax)
        : Long.MAX_VALUE;
  }

  private boolean endsWithinAMoment() throws InterruptedException {
    try {
      outcome.get(1, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException _) {
      return true;
    }
  }
}
