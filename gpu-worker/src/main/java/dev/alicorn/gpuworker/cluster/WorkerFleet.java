package dev.alicorn.gpuworker.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The actor that owns an encoder's worker processes on this machine: one that ends by itself is
/// started again, at once, and each further time without a batch done after twice as long.
///
/// It ends them all when it stops.
public final class WorkerFleet extends AbstractMatchingBehavior<WorkerFleet.Command> {
  private static final int BACKOFF_SECONDS_MAX = 32;

  private final List<Slot> slots = new ArrayList<>();
  private final TimerScheduler<Command> timers;
  private final Launcher launcher;
  private final Consumer<String> down;
  private final ActorRef<EncoderPool.Command> pool;

  /// What the fleet is told.
  public sealed interface Command {}

  /// Starts what does not run.
  record Begin() implements Command {}

  /// Ends all, until it is to begin again.
  record Halt() implements Command {}

  /// A worker has done a batch.
  record Worked(String worker) implements Command {}

  /// A worker is no longer part of the cluster.
  record Lost(String worker) implements Command {}

  private record Start(int slot) implements Command {}

  private record Ended(int slot, WorkerProcess process, WorkerProcess.Ending ending)
      implements Command {}

  /// What starts a worker process.
  @FunctionalInterface
  public interface Launcher {
    /// Starts one.
    ///
    /// @param slot from 1
    WorkerProcess launch(int slot) throws IOException;
  }

  private WorkerFleet(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      int processes,
      Launcher launcher,
      Consumer<String> down,
      ActorRef<EncoderPool.Command> pool) {
    super(context);
    this.timers = timers;
    this.launcher = launcher;
    this.down = down;
    this.pool = pool;
    for (int slot = 0; slot < processes; slot++) {
      slots.add(new Slot());
    }
  }

  /// A fleet of so many processes, none of which runs yet.
  ///
  /// @param down takes the address of a process that has ended out of the cluster
  public static Behavior<Command> create(
      int processes, Launcher launcher, Consumer<String> down, ActorRef<EncoderPool.Command> pool) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new WorkerFleet(context, timers, processes, launcher, down, pool)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Begin _ -> {
        for (int slot = 0; slot < slots.size(); slot++) {
          if (slots.get(slot).process.isEmpty() && !timers.isTimerActive(slot)) {
            start(slot);
          }
        }
      }
      case Start(int slot) -> start(slot);
      case Halt _ -> {
        timers.cancelAll();
        endAll();
      }
      case Worked(String worker) ->
          slots.stream().filter(slot -> slot.is(worker)).forEach(slot -> slot.ends = 0);
      case Lost(String worker) ->
          slots.stream()
              .filter(slot -> slot.is(worker))
              .forEach(slot -> slot.process.ifPresent(WorkerProcess::kill));
      case Ended(int slot, WorkerProcess process, var ending) -> onEnded(slot, process, ending);
    }
    return this;
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      endAll();
    }
    return this;
  }

  private void start(int slot) {
    try {
      WorkerProcess process = launcher.launch(slot + 1);
      slots.get(slot).process = Optional.of(process);
      getContext()
          .pipeToSelf(
              process.ended(),
              (ending, failure) ->
                  new Ended(slot, process, failure == null ? ending : of(failure.toString())));
    } catch (IOException e) {
      again(slot, of("worker process %d does not start: %s".formatted(slot + 1, e.getMessage())));
    }
  }

  private static WorkerProcess.Ending of(String how) {
    return new WorkerProcess.Ending(how, Optional.empty());
  }

  private void onEnded(int slot, WorkerProcess process, WorkerProcess.Ending ending) {
    if (slots.get(slot).process.filter(process::equals).isEmpty()) {
      return;
    }
    slots.get(slot).process = Optional.empty();
    process.address().ifPresent(down);
    again(slot, ending);
  }

  /// Starts a worker again that has ended by itself, as long as nobody halts the fleet.
  private void again(int slot, WorkerProcess.Ending ending) {
    int ends = slots.get(slot).ends++;
    int seconds =
        ends == 0 && ending.refusal().isEmpty()
            ? 0
            : Math.min(BACKOFF_SECONDS_MAX, 1 << Math.clamp(ends - 1L, 0, 16));
    timers.startSingleTimer(slot, new Start(slot), Duration.ofSeconds(seconds));
    pool.tell(new EncoderPool.WorkerEnded(ending));
  }

  private void endAll() {
    for (Slot slot : slots) {
      slot.process.ifPresent(process -> {
        process.close();
        process.address().ifPresent(down);
      });
      slot.process = Optional.empty();
      slot.ends = 0;
    }
  }

  /// The place of one process.
  private static final class Slot {
    private Optional<WorkerProcess> process = Optional.empty();
    private int ends;

    boolean is(String worker) {
      return process.filter(it -> it.worker().equals(worker)).isPresent();
    }
  }
}
