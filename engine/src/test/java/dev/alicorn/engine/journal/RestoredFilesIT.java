package dev.alicorn.engine.journal;

import static dev.alicorn.engine.journal.TestJournals.SETTINGS;
import static dev.alicorn.engine.journal.TestJournals.machine;
import static dev.alicorn.engine.journal.TestJournals.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages that come back blank, older files that are put back beside newer ones, and lengths that
/// cover facts (P7).
class RestoredFilesIT {
  private static final int PAGE_BYTES = 4096;
  private static final long SEED = 83;
  private static final int FACTS = 60;
  private static final int META_DATA = 0x4000_0000;
  private static final int LENGTH = 0x3FFF_FFFF;

  @TempDir private Path temp = Path.of("");

  @Test
  void aBlankPageIsSeenWhereItTookAFact() throws Exception {
    Path journal = image("journal", live(temp.resolve("live"), 3));
    List<JournalEntry> whole = readAll(journal);
    int corrupt = 0;
    for (int incarnation = 1; incarnation <= 3; incarnation++) {
      Path file = TestJournals.cycleFile(journal, incarnation);
      byte[] bytes = Files.readAllBytes(file);
      for (int from = 0; from < bytes.length; from += PAGE_BYTES) {
        byte[] damaged = bytes.clone();
        Arrays.fill(damaged, from, Math.min(from + PAGE_BYTES, bytes.length), (byte) 0);
        Files.write(file, damaged);
        String what = "seed " + SEED + ", page at " + from + " of incarnation " + incarnation;
        switch (JournalVerify.verify(journal)) {
          case JournalVerify.Corrupt found -> {
            assertThat(found.file()).as(what).isEqualTo(file);
            corrupt++;
          }
          case JournalVerify.Clean _ -> assertThat(readAll(journal)).as(what).isEqualTo(whole);
          case JournalVerify.TornTail torn -> throw new AssertionError(what + ": " + torn);
        }
      }
      Files.write(file, bytes);
    }
    assertThat(corrupt).isGreaterThan(10);
  }

  @Test
  void anOlderCopyAmongNewerFilesIsCorruption() throws Exception {
    Path live = live(temp.resolve("live"), 1);
    Path older = image("older", live);
    live(live, 1);
    Path newer = image("newer", live);
    assertThat(JournalVerify.verify(newer)).isInstanceOf(JournalVerify.Clean.class);

    Path firstPutBack = image("first-put-back", newer);
    cutShort(TestJournals.cycleFile(firstPutBack, 1));
    assertThat(JournalVerify.verify(firstPutBack)).isInstanceOf(JournalVerify.Corrupt.class);

    Path putOver = image("put-over", newer);
    Files.delete(TestJournals.cycleFile(putOver, 2));
    Files.delete(new JournalFolder(putOver).incarnation(2));
    assertThat(JournalVerify.verify(putOver))
        .as("the older files with the newer marker")
        .isInstanceOf(JournalVerify.Corrupt.class);

    Path olderMarker = image("older-marker", newer);
    Files.copy(
        new JournalFolder(older).marker(),
        new JournalFolder(olderMarker).marker(),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(JournalVerify.verify(olderMarker))
        .as("a marker that lags takes nothing away")
        .isEqualTo(JournalVerify.verify(newer));
  }

  /// Chronicle's own documents are passed over by their lengths; one that is too long would hide
  /// facts.
  @Test
  void aDocumentOfTheQueueThatCoversFactsIsSeen() throws Exception {
    Path folder = temp.resolve("live");
    Path crashed;
    AtomicLong clock = new AtomicLong(TestJournals.NOW.toEpochMilli());
    try (Journal journal =
        Journal.open(folder, SETTINGS, "test", machine(() -> Instant.ofEpochMilli(clock.get())))) {
      List<JournalEvent> events = TestJournals.events(SEED, FACTS);
      TestJournals.append(journal, events.subList(0, FACTS / 2));
      // A file of its own, of which neither the marker nor another file knows anything.
      clock.addAndGet(Duration.ofHours(1).toMillis());
      TestJournals.append(journal, events.subList(FACTS / 2, FACTS));
      crashed = image("crashed", folder);
    }
    Path file = TestJournals.cycleFile(crashed, 1);
    byte[] bytes = Files.readAllBytes(file);
    int documents = 0;
    for (int at = 0; at + 4 < bytes.length && Envelope.getInt(bytes, at) != 0; ) {
      int word = Envelope.getInt(bytes, at);
      if ((word & META_DATA) != 0) {
        byte[] damaged = bytes.clone();
        int longer = META_DATA | (bytes.length - at - 4);
        for (int i = 0; i < 4; i++) {
          damaged[at + i] = (byte) (longer >>> (8 * i));
        }
        Files.write(file, damaged);
        assertThat(JournalVerify.verify(crashed))
            .as("seed %d, document at %d", SEED, at)
            .isNotInstanceOf(JournalVerify.Clean.class);
        documents++;
      }
      at = (at + 4 + (word & LENGTH) + 3) & -4;
    }
    assertThat(documents).isPositive();
  }

  /// Further incarnations of a journal.
  private static Path live(Path folder, int incarnations) throws JournalException {
    for (int i = 0; i < incarnations; i++) {
      try (Journal journal = TestJournals.open(folder)) {
        TestJournals.append(journal, TestJournals.events(SEED + i, FACTS));
      }
    }
    return folder;
  }

  private Path image(String name, Path journal) throws IOException {
    return TestJournals.image(journal, temp.resolve(name));
  }

  private static void cutShort(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }
}
