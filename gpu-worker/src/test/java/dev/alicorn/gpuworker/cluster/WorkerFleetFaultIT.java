package dev.alicorn.gpuworker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A fleet of real processes, which are shells, on a clock that the test moves.
class WorkerFleetFaultIT {
  private static final String LIVES =
      "echo 'worker at pekko://alicorn-encoders@127.0.0.1:7001'; read line";

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<EncoderPool.Command> pool = kit.createTestProbe();
  private final List<WorkerProcess> started = Collections.synchronizedList(new ArrayList<>());
  private final TestProbe<String> downed = kit.createTestProbe();
  private final TestProbe<Integer> launches = kit.createTestProbe();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void startsAProcessAgainThatEndsLaterEachTime() {
    ActorRef<WorkerFleet.Command> fleet = fleet(1, "echo 'alicorn: the model is gone' >&2; exit 1");
    fleet.tell(new WorkerFleet.Begin());
    assertEnded();
    for (int seconds : new int[] {0, 1, 2, 4, 8}) {
      if (seconds > 1) {
        time.timePasses(Duration.ofSeconds(seconds - 1));
        launches.expectNoMessage(Duration.ZERO);
      }
      time.timePasses(Duration.ofSeconds(Math.min(seconds, 1)));
      assertEnded();
    }
  }

  @Test
  void tellsOfAWorkerThatSaysItCannotBeHad() {
    ActorRef<WorkerFleet.Command> fleet =
        fleet(1, "echo 'alicorn: there is no device; use another' >&2; exit 3");
    fleet.tell(new WorkerFleet.Begin());
    launches.receiveMessage();
    assertThat(pool.expectMessageClass(EncoderPool.WorkerEnded.class).ending().refusal())
        .contains("there is no device; use another");
    // The pool halts it; where it does not, there is time between two tries.
    time.timePasses(Duration.ofMillis(900));
    launches.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(100));
    launches.receiveMessage();
  }

  @Test
  void whatEndsLaterWithThatStatusIsStartedAgain() {
    ActorRef<WorkerFleet.Command> fleet =
        fleet(
            1,
            "echo 'worker at pekko://alicorn-encoders@127.0.0.1:7001'; echo 'alicorn: the engine is gone' >&2; exit 3");
    fleet.tell(new WorkerFleet.Begin());
    assertThat(pool.expectMessageClass(EncoderPool.WorkerEnded.class).ending().refusal()).isEmpty();
  }

  @Test
  void aWorkerThatDidABatchIsStartedAgainAtOnce() {
    ActorRef<WorkerFleet.Command> fleet = fleet(1, LIVES);
    fleet.tell(new WorkerFleet.Begin());
    for (int kill = 0; kill < 4; kill++) {
      launches.receiveMessage();
      WorkerProcess process = started.getLast();
      untilAddress(process);
      fleet.tell(new WorkerFleet.Worked("127.0.0.1:7001"));
      process.kill();
      assertThat(pool.expectMessageClass(EncoderPool.WorkerEnded.class).ending().how())
          .isEqualTo("worker 1 ended with status 137");
      downed.expectMessage("pekko://alicorn-encoders@127.0.0.1:7001");
      time.timePasses(Duration.ZERO);
    }
  }

  @Test
  void killsAProcessThatTheClusterHasLost() {
    ActorRef<WorkerFleet.Command> fleet = fleet(1, LIVES);
    fleet.tell(new WorkerFleet.Begin());
    launches.receiveMessage();
    untilAddress(started.getLast());
    fleet.tell(new WorkerFleet.Lost("127.0.0.1:7001"));
    pool.expectMessageClass(EncoderPool.WorkerEnded.class);
  }

  @Test
  void aHaltedFleetStartsNothing() {
    ActorRef<WorkerFleet.Command> fleet = fleet(3, LIVES);
    fleet.tell(new WorkerFleet.Begin());
    for (int i = 0; i < 3; i++) {
      launches.receiveMessage();
    }
    fleet.tell(new WorkerFleet.Halt());
    started.forEach(process -> process.ended().join());
    time.timePasses(Duration.ofMinutes(1));
    launches.expectNoMessage(Duration.ZERO);
    pool.expectNoMessage(Duration.ZERO);

    fleet.tell(new WorkerFleet.Begin());
    assertThat(
            List.of(
                launches.receiveMessage(), launches.receiveMessage(), launches.receiveMessage()))
        .containsExactly(1, 2, 3);
  }

  @Test
  void endsItsProcessesWhenItStops() {
    ActorRef<WorkerFleet.Command> fleet = fleet(2, LIVES);
    fleet.tell(new WorkerFleet.Begin());
    launches.receiveMessage();
    launches.receiveMessage();
    kit.stop(fleet);
    assertThat(started).allMatch(process -> ProcessHandle.of(process.pid()).isEmpty());
  }

  private void assertEnded() {
    launches.receiveMessage();
    assertThat(pool.expectMessageClass(EncoderPool.WorkerEnded.class).ending().how())
        .isEqualTo("worker 1 ended with status 1: the model is gone");
  }

  private static void untilAddress(WorkerProcess process) {
    while (process.address().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private ActorRef<WorkerFleet.Command> fleet(int processes, String script) {
    return kit.spawn(
        WorkerFleet.create(
            processes,
            slot -> {
              WorkerProcess process =
                  WorkerProcess.start(
                      new ProcessBuilder("/bin/sh", "-c", script), "worker " + slot);
              started.add(process);
              launches.ref().tell(slot);
              return process;
            },
            downed.ref()::tell,
            pool.ref()));
  }
}
