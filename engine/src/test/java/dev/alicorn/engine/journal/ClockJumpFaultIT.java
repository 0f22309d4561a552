package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.IncarnationOpened;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine whose clock is set forward and back by up to days, amid an incarnation and between
/// two: facts stay where they are, in their order.
class ClockJumpFaultIT {
  private static final int INCARNATIONS = 8;
  private static final int JUMPS = 6;
  private static final int FACTS_A_JUMP_MAX = 20;
  private static final int HOURS_MAX = 80;

  @TempDir private Path folder = Path.of("");

  @Test
  void factsKeepTheirOrder() throws JournalException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    AtomicLong clock = new AtomicLong(TestJournals.NOW.toEpochMilli());
    List<JournalEvent> written = new ArrayList<>();
    for (int incarnation = 1; incarnation <= INCARNATIONS; incarnation++) {
      jump(clock, random);
      try (Journal journal =
          Journal.open(
              folder,
              TestJournals.SETTINGS,
              "test",
              TestJournals.machine(() -> Instant.ofEpochMilli(clock.get())))) {
        assertThat(journal.recovery()).as("seed %s", seed).isNotInstanceOf(Recovery.TornTail.class);
        for (int jump = 0; jump < JUMPS; jump++) {
          jump(clock, random);
          List<JournalEvent> events =
              TestJournals.events(random.nextLong(), 1 + random.nextInt(FACTS_A_JUMP_MAX));
          TestJournals.append(journal, events);
          written.addAll(events);
        }
        assertThat(facts(journal.cursor()))
            .as("seed %s, beside the writer", seed)
            .isEqualTo(written);
      }
    }
    assertThat(facts(JournalReader.open(folder))).as("seed %s", seed).isEqualTo(written);
    assertThat(JournalVerify.verify(folder))
        .as("seed %s", seed)
        .isEqualTo(new JournalVerify.Clean(written.size() + INCARNATIONS));
  }

  private static void jump(AtomicLong clock, Random random) {
    Duration by =
        Duration.ofMinutes(random.nextInt(-HOURS_MAX, HOURS_MAX) * 60L + random.nextInt(60));
    clock.addAndGet(by.toMillis());
  }

  private static List<JournalEvent> facts(JournalCursor cursor) throws JournalException {
    return TestJournals.events(TestJournals.readAll(cursor)).stream()
        .filter(event -> !(event instanceof IncarnationOpened))
        .toList();
  }
}
