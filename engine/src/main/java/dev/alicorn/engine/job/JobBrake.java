package dev.alicorn.engine.job;

import dev.alicorn.engine.step.Brake;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The brake that a job's steps hold: the first pull is the pause that the job is told of.
final class JobBrake implements Brake {
  private final ActorRef<Job.Command> job;
  private final AtomicReference<@Nullable Pull> first = new AtomicReference<>();

  JobBrake(ActorRef<Job.Command> job) {
    this.job = job;
  }

  @Override
  public void pull(PauseReason reason, String detail) {
    if (first.compareAndSet(null, new Pull(reason, detail))) {
      job.tell(new Job.Pause(reason, detail));
    }
  }

  /// Holds the steps for a stop that the job knows of.
  void engage(PauseReason reason, String detail) {
    first.compareAndSet(null, new Pull(reason, detail));
  }

  @Override
  public Optional<Pull> pulled() {
    return Optional.ofNullable(first.get());
  }
}
