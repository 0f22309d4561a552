package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job on a disk that has less room than its reserve (P8).
class DiskReserveFaultIT {
  private static final ActorTestKit ACTORS = ActorTestKit.create();
  private static final long RESERVE = 800;
  private static final int SEEDS = 400;

  @TempDir private Path folder = Path.of("");

  private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @Test
  void holdsNewCallsAndGoesOnByItself() throws Exception {
    try (ScriptedEndpoint endpoint = slow()) {
      TestJob job = job(endpoint);
      TestRun run = job.start();
      while (endpoint.ledger().completions() < 8) {
        Thread.onSpinWait();
      }
      free.set(RESERVE - 1);
      long requests = untilHeld(run, endpoint);
      assertThat(run.watch().held().orElseThrow()).contains("journal.reserve");
      // Room, but not enough to begin again: an eighth more than the reserve is asked for.
      free.set(RESERVE + RESERVE / 8 - 1);
      assertThat(untilHeld(run, endpoint)).isEqualTo(requests).isLessThan(SEEDS);

      free.set(RESERVE + RESERVE / 8);
      assertThat(run.end()).isInstanceOf(JobEnd.Completed.class);
      assertThat(endpoint.ledger().requests()).isEqualTo(SEEDS);
      assertThat(life(job))
          .extracting(Object::getClass)
          .containsExactly(
              JournalEvent.JobPaused.class,
              JournalEvent.JobResumed.class,
              JournalEvent.JobCompleted.class);
    }
  }

  @Test
  void makesNoCallWhereTheDiskIsShortFromTheStart() throws Exception {
    try (ScriptedEndpoint endpoint = slow()) {
      free.set(RESERVE - 1);
      TestJob job = job(endpoint);
      TestRun run = job.start();
      assertThat(untilHeld(run, endpoint)).isZero();
      run.pause();
      // Most seeds are held, too.
      assertThat(run.outcome().join())
          .isInstanceOfSatisfying(
              JobEnd.Paused.class, end -> assertThat(end.reason()).isEqualTo(PauseReason.USER));
      assertThat(endpoint.ledger().requests()).isZero();

      free.set(Long.MAX_VALUE);
      assertThat(job.run()).isInstanceOf(JobEnd.Completed.class);
      assertThat(endpoint.ledger().requests()).isEqualTo(SEEDS);
    }
  }

  private static ScriptedEndpoint slow() throws Exception {
    return ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(40), 0).start();
  }

  private TestJob job(ScriptedEndpoint endpoint) {
    return new TestJob(ACTORS, folder, endpoint)
        .ofSeeds(SEEDS)
        .inFlight(4)
        .withDisk(new DiskReserve(RESERVE, _ -> free.get()));
  }

  /// Waits until the job says that it is held and nothing is in flight; the requests until then.
  private static long untilHeld(TestRun run, ScriptedEndpoint endpoint) {
    while (run.watch().held().isEmpty() || endpoint.ledger().inFlight() > 0) {
      Thread.onSpinWait();
    }
    return endpoint.ledger().requests();
  }

  private static List<JournalEvent> life(TestJob job) throws Exception {
    Set<EventType> wanted =
        Set.of(EventType.JOB_PAUSED, EventType.JOB_RESUMED, EventType.JOB_COMPLETED);
    List<JournalEvent> found = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.open(job.journal())) {
      for (JournalEntry entry = cursor.next(wanted); entry != null; entry = cursor.next(wanted)) {
        found.add(entry.event());
      }
    }
    return found;
  }
}
