package dev.alicorn.engine.journal;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A journal of three incarnations, of two cycle files each, with every kind of event; the last one
/// is as a crash leaves it, its last facts known durable by nothing.
final class FlippedJournal {
  private static final int INCARNATIONS = 3;
  private static final int FACTS_BEHIND_BARRIERS = 4;

  private FlippedJournal() {}

  /// Makes it in an empty folder.
  static Path make(long seed, Path scratch) throws JournalException, IOException {
    Path live = scratch.resolve("live");
    Path journal = scratch.resolve("journal");
    Instant[] now = {TestJournals.NOW};
    for (int incarnation = 1; incarnation <= INCARNATIONS; incarnation++) {
      List<JournalEvent> more =
          TestJournals.events(seed + incarnation, 24).stream()
              .filter(event -> !(event instanceof JournalEvent.LlmReplied))
              .toList();
      try (Journal open =
          Journal.open(live, TestJournals.SETTINGS, "test", TestJournals.machine(() -> now[0]))) {
        TestJournals.appendOneByOne(open, EveryEvent.ALL);
        now[0] = now[0].plus(Duration.ofHours(1));
        // One at a time, so that each knows the one before to be durable; then some together.
        TestJournals.appendOneByOne(open, more.subList(0, FACTS_BEHIND_BARRIERS));
        TestJournals.append(open, more.subList(FACTS_BEHIND_BARRIERS, more.size()));
        if (incarnation == INCARNATIONS) {
          TestJournals.image(live, journal);
        }
      }
    }
    Scratch.delete(live);
    return journal;
  }
}
