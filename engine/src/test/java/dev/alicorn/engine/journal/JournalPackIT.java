package dev.alicorn.engine.journal;

import static dev.alicorn.engine.journal.TestJournals.SETTINGS;
import static dev.alicorn.engine.journal.TestJournals.machine;
import static dev.alicorn.engine.journal.TestJournals.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.alicorn.protocol.JournalEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPackIT {
  private static final long SEED = 73;
  private static final int FACTS = 700;

  @TempDir private Path temp;

  @Test
  void packsWhatIsClosedAndReadsTheSame() throws Exception {
    Path folder = journal();
    List<JournalEntry> before = readAll(folder);
    JournalPack.Saving estimate = JournalPack.estimate(folder);
    List<Path> open = CycleFiles.list(new JournalFolder(folder).incarnation(3));

    JournalPack.Saving saving = JournalPack.pack(folder);

    assertThat(saving.files()).isEqualTo(estimate.files()).isEqualTo(4);
    assertThat(saving.bytes()).isEqualTo(estimate.bytes());
    assertThat(saving.freedBytes()).isPositive();
    assertThat(files(folder, ".cq4")).containsExactlyInAnyOrderElementsOf(open);
    assertThat(readAll(folder)).isEqualTo(before);
    assertThat(JournalVerify.verify(folder)).isEqualTo(new JournalVerify.Clean(before.size()));
    try (FactReader reader = FactReader.of(folder)) {
      List<JournalEntry> shuffled = new ArrayList<>(before);
      Collections.shuffle(shuffled, new Random(SEED));
      for (JournalEntry entry : shuffled.subList(0, 200)) {
        assertThat(reader.read(entry.position())).as("seed %d", SEED).isEqualTo(entry.event());
      }
    }
    assertThat(JournalPack.pack(folder)).isEqualTo(new JournalPack.Saving(0, 0, 0));
  }

  @Test
  void packsTheLastIncarnationOnceItsJobHasEnded() throws Exception {
    Path folder = journal();
    try (Journal journal = TestJournals.open(folder)) {
      journal.append(new JournalEvent.JobCancelled(Instant.EPOCH)).join();
    }
    JournalPack.pack(folder);
    assertThat(files(folder, ".cq4")).isEmpty();
    List<JournalEntry> packed = readAll(folder);
    try (Journal journal = TestJournals.open(folder)) {
      assertThat(journal.recovery()).isEqualTo(new Recovery.Clean(packed.size()));
      journal.append(TestJournals.seed(1, "behind what is packed")).join();
    }
    assertThat(readAll(folder))
        .hasSize(packed.size() + 2)
        .startsWith(packed.toArray(JournalEntry[]::new));
  }

  /// Against Zstandard's own reading of what we packed.
  @Test
  void anyDecoderGivesTheOriginalBack() throws Exception {
    Path folder = journal();
    Path file = TestJournals.cycleFile(folder, 1);
    byte[] original = Files.readAllBytes(file);
    JournalPack.pack(folder);
    byte[] decoded;
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(Files.readAllBytes(CycleFiles.packed(file))))
            .setContinuous(false)) {
      decoded = in.readAllBytes();
    }
    assertThat(decoded)
        .hasSizeGreaterThan(100_000)
        .isEqualTo(Arrays.copyOf(original, decoded.length));
  }

  @Test
  void aCrashAmidPackingLeavesTheOriginal() throws Exception {
    Path folder = journal();
    List<JournalEntry> before = readAll(folder);
    Path file = TestJournals.cycleFile(folder, 1);
    Files.write(CycleFiles.packed(file), new byte[] {1, 2, 3});
    assertThat(readAll(folder)).isEqualTo(before);
    JournalPack.pack(folder);
    assertThat(file).doesNotExist();
    assertThat(readAll(folder)).isEqualTo(before);
  }

  @Test
  void damageOfAPackedFileIsSeenAndPlaced() throws Exception {
    Path folder = journal();
    List<JournalEntry> before = readAll(folder);
    JournalPack.pack(folder);
    Random random = new Random(SEED);
    for (Path file : files(folder, ".zst")) {
      byte[] bytes = Files.readAllBytes(file);
      for (int round = 0; round < 40; round++) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(damaged.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        String what = "seed " + SEED + ", byte " + at + " of " + file.getFileName();
        switch (JournalVerify.verify(folder)) {
          case JournalVerify.Clean _ -> assertThat(readAll(folder)).as(what).isEqualTo(before);
          case JournalVerify.Corrupt corrupt -> assertThat(corrupt.file()).as(what).isEqualTo(file);
          case JournalVerify.TornTail torn -> throw new AssertionError(what + ": " + torn);
        }
      }
      Files.write(file, bytes);
    }
  }

  /// Three incarnations, the first two of two files each.
  private Path journal() throws JournalException {
    Path folder = temp.resolve("journal");
    AtomicLong clock = new AtomicLong(TestJournals.NOW.toEpochMilli());
    List<JournalEvent> events = TestJournals.events(SEED, FACTS);
    for (int incarnation = 0; incarnation < 3; incarnation++) {
      try (Journal journal =
          Journal.open(
              folder, SETTINGS, "test", machine(() -> Instant.ofEpochMilli(clock.get())))) {
        TestJournals.append(journal, events.subList(0, FACTS / 2));
        clock.addAndGet(3_600_000);
        TestJournals.append(journal, events.subList(FACTS / 2, FACTS));
      }
    }
    return folder;
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }
}
