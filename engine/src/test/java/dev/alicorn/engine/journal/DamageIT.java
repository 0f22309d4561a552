package dev.alicorn.engine.journal;

import static dev.alicorn.engine.journal.TestJournals.appendOneByOne;
import static dev.alicorn.engine.journal.TestJournals.cycleFile;
import static dev.alicorn.engine.journal.TestJournals.events;
import static dev.alicorn.engine.journal.TestJournals.image;
import static dev.alicorn.engine.journal.TestJournals.readAll;
import static dev.alicorn.engine.journal.TestJournals.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageIT {
  private static final int WORD = 4;

  @TempDir private Path temp;

  /// Where a fact lies in its file, length word included, padding not.
  private record Extent(long seq, int from, int to) {}

  /// Two closed incarnations of a few facts.
  private Path closedJournal() throws JournalException, IOException {
    Path folder = temp.resolve("closed");
    for (int incarnation = 1; incarnation <= 2; incarnation++) {
      try (Journal journal = TestJournals.open(folder)) {
        for (int i = 1; i <= 5; i++) {
          journal.append(seed(i, "incarnation " + incarnation + ", text ".repeat(i))).join();
        }
      }
    }
    return image(folder, temp.resolve("image"));
  }

  /// What a crash leaves of one incarnation whose facts each had a barrier of their own: facts 1 to
  /// `count + 1`, of which all but the last are known durable by the envelope after them.
  private Path crashedJournal(List<JournalEvent> events) throws JournalException, IOException {
    Path folder = temp.resolve("crashed");
    try (Journal journal = TestJournals.open(folder)) {
      appendOneByOne(journal, events);
      return image(folder, temp.resolve("image"));
    }
  }

  @Test
  void everyByteOfEveryFactIsGuarded() throws JournalException, IOException {
    Path journal = closedJournal();
    List<JournalEntry> expected = readAll(journal);
    long seed = 11;
    Random random = new Random(seed);
    for (int incarnation = 1; incarnation <= 2; incarnation++) {
      Path file = cycleFile(journal, incarnation);
      byte[] intact = Files.readAllBytes(file);
      for (Extent fact : extents(expected, incarnation, intact)) {
        for (int at = fact.from(); at < fact.to(); at++) {
          byte[] damaged = intact.clone();
          damaged[at] ^= (byte) (1 << random.nextInt(8));
          Files.write(file, damaged);
          String what = "seed " + seed + ", " + file + " byte " + at + ", fact " + fact.seq();
          assertThat(JournalVerify.verify(journal))
              .as(what)
              .isInstanceOfSatisfying(
                  JournalVerify.Corrupt.class,
                  corrupt -> {
                    assertThat(corrupt.seq()).as(what).hasValue(fact.seq());
                    assertThat(corrupt.file()).as(what).isEqualTo(file);
                    assertThat(corrupt.sentence()).as(what).contains("fact " + fact.seq());
                  });
          assertThatThrownBy(() -> readAll(journal)).as(what).isInstanceOf(JournalException.class);
        }
      }
      Files.write(file, intact);
    }
    assertThat(readAll(journal)).isEqualTo(expected);
  }

  /// Chronicle's own documents are not read but for their length words; damage there is seen or
  /// harms nothing.
  @Test
  void damageBetweenFactsIsSeenOrHarmless() throws JournalException, IOException {
    Path journal = closedJournal();
    List<JournalEntry> expected = readAll(journal);
    long seed = 12;
    Random random = new Random(seed);
    Path file = cycleFile(journal, 1);
    byte[] intact = Files.readAllBytes(file);
    int first = extents(expected, 1, intact).getFirst().from();
    for (int at = 0; at < first; at++) {
      if (intact[at] != 0 || random.nextInt(100) == 0) {
        byte[] damaged = intact.clone();
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        String what = "seed " + seed + ", byte " + at;
        if (JournalVerify.verify(journal) instanceof JournalVerify.Corrupt) {
          assertThatThrownBy(() -> readAll(journal)).as(what).isInstanceOf(JournalException.class);
        } else {
          assertThat(readAll(journal)).as(what).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void everyByteOfTheMarkerIsGuarded() throws JournalException, IOException {
    Path journal = closedJournal();
    Path marker = journal.resolve("durable");
    byte[] intact = Files.readAllBytes(marker);
    for (int bit = 0; bit < intact.length * 8; bit++) {
      byte[] damaged = intact.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(marker, damaged);
      assertThat(JournalVerify.verify(journal))
          .as("bit %d", bit)
          .isInstanceOf(JournalVerify.Corrupt.class);
      assertThatThrownBy(() -> TestJournals.open(journal))
          .as("bit %d", bit)
          .hasMessageContaining("marker");
    }
  }

  @Test
  void damageOfWhatWasDurableStopsTheOpening() throws JournalException, IOException {
    Path journal = crashedJournal(events(21, 8));
    Path file = cycleFile(journal, 1);
    byte[] intact = Files.readAllBytes(file);
    List<Extent> facts = extents(walk(journal), 1, intact);
    assertThat(facts).hasSize(9);
    for (Extent fact : facts.subList(0, 8)) {
      for (byte[] damaged : damages(intact, fact)) {
        Files.write(file, damaged);
        assertThatThrownBy(() -> TestJournals.open(journal))
            .isInstanceOfSatisfying(
                JournalException.class,
                e -> {
                  assertThat(e.kind()).isEqualTo(JournalException.Kind.CORRUPT);
                  assertThat(e.seq()).hasValue(fact.seq());
                  assertThat(e.file()).isEqualTo(file);
                  assertThat(e.offset().orElseThrow())
                      .isBetween(fact.seq() == 1 ? 0L : fact.from(), (long) fact.from());
                })
            .hasMessageContaining("--until " + (fact.seq() - 1));
        assertThatThrownBy(() -> readAll(journal)).isInstanceOf(JournalException.class);
      }
    }
    assertThat(journal.resolve("0002")).doesNotExist();
  }

  @Test
  void damageOfWhatWasNotDurableIsCutAndReported() throws JournalException, IOException {
    Path journal = crashedJournal(events(22, 8));
    Path file = cycleFile(journal, 1);
    byte[] intact = Files.readAllBytes(file);
    List<JournalEntry> entries = walk(journal);
    Extent last = extents(entries, 1, intact).getLast();
    int round = 0;
    for (byte[] damaged : damages(intact, last)) {
      Path copy = image(journal, temp.resolve("torn" + round++));
      Files.write(cycleFile(copy, 1), damaged);
      JournalVerify.Result before = JournalVerify.verify(copy);
      boolean blank = isBlank(damaged, last.from());
      assertThat(before)
          .isInstanceOf(blank ? JournalVerify.Clean.class : JournalVerify.TornTail.class);
      try (Journal reopened = TestJournals.open(copy)) {
        assertThat(reopened.recovery().lastSeq()).isEqualTo(8);
        if (!blank) {
          assertThat(reopened.recovery())
              .isInstanceOfSatisfying(
                  Recovery.TornTail.class,
                  torn -> {
                    assertThat(torn.offset()).isEqualTo(last.from());
                    assertThat(torn.recordsCut()).isLessThanOrEqualTo(1);
                    assertThat(torn.bytesCut())
                        .isBetween(1L, (long) last.to() - last.from() + WORD);
                  });
        }
        reopened.append(seed(99, "goes on")).join();
      }
      List<JournalEntry> read = readAll(copy);
      assertThat(read.subList(0, 8)).isEqualTo(entries.subList(0, 8));
      assertThat(read).hasSize(10);
      assertThat(read.getLast().event()).isEqualTo(seed(99, "goes on"));
      assertThat(JournalVerify.verify(copy)).isEqualTo(new JournalVerify.Clean(10));
    }
  }

  /// A file cut at any byte never gives a wrong fact, and never one less than is known durable.
  @Test
  void aFileCutAnywhereIsCutBackToItsLastWholeFact() throws JournalException, IOException {
    Path journal = crashedJournal(events(23, 6));
    Path file = cycleFile(journal, 1);
    byte[] intact = Files.readAllBytes(file);
    List<JournalEntry> entries = walk(journal);
    List<Extent> facts = extents(entries, 1, intact);
    for (int length = facts.get(1).from(); length <= facts.getLast().to(); length += 3) {
      int cut = length;
      Files.write(file, Arrays.copyOf(intact, length));
      long whole = facts.stream().filter(fact -> fact.to() <= cut).count();
      JournalVerify.Result result = JournalVerify.verify(journal);
      switch (result) {
        case JournalVerify.Clean(long lastSeq) -> assertThat(lastSeq).isEqualTo(whole);
        case JournalVerify.TornTail torn -> assertThat(torn.lastSeq()).isEqualTo(whole);
        case JournalVerify.Corrupt corrupt ->
            throw new AssertionError("cut at " + length + ": " + corrupt);
      }
    }
  }

  @Test
  void countsIntactRecordsBehindAHole() throws JournalException, IOException {
    Path folder = temp.resolve("crashed");
    Path copy;
    try (Journal journal = TestJournals.open(folder)) {
      TestJournals.append(journal, List.of(seed(1, "a")));
      // One batch: none of its facts knows another to be durable.
      TestJournals.append(journal, List.of(seed(2, "b")));
      copy = image(folder, temp.resolve("image"));
    }
    Path file = cycleFile(copy, 1);
    byte[] bytes = Files.readAllBytes(file);
    List<Extent> facts = extents(walk(copy), 1, bytes);
    // The envelopes say that fact 1 and 2 were durable. Fact 3 is doubled as a fact 4 that knows no
    // more than it did.
    Extent third = facts.get(2);
    byte[] grown = Arrays.copyOf(bytes, bytes.length + 4_096);
    int at = (third.to() + 3) & -4;
    System.arraycopy(bytes, third.from(), grown, at, third.to() - third.from());
    grown[third.from() + WORD + 2] ^= 1;
    Files.write(file, grown);
    assertThat(JournalVerify.verify(copy))
        .isInstanceOfSatisfying(
            JournalVerify.TornTail.class,
            torn -> {
              assertThat(torn.lastSeq()).isEqualTo(2);
              assertThat(torn.recordsBehind()).isEqualTo(1);
            });
  }

  @Test
  void aMissingIncarnationIsCorruption() throws JournalException, IOException {
    Path folder = temp.resolve("three");
    for (int i = 1; i <= 3; i++) {
      try (Journal journal = TestJournals.open(folder)) {
        appendOneByOne(journal, events(i, 4));
      }
    }
    for (int missing = 1; missing <= 3; missing++) {
      Path copy = image(folder, temp.resolve("without" + missing));
      Scratch.delete(copy.resolve("000" + missing));
      long firstLost = 5L * (missing - 1) + 1;
      assertThat(JournalVerify.verify(copy))
          .isInstanceOfSatisfying(
              JournalVerify.Corrupt.class,
              corrupt -> assertThat(corrupt.seq()).hasValue(firstLost));
    }
    Path last = image(folder, temp.resolve("withoutTheLast"));
    Scratch.delete(last.resolve("0003"));
    assertThatThrownBy(() -> TestJournals.open(last))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("fact 11");
  }

  @Test
  void swappedIncarnationsAreCorruption() throws JournalException, IOException {
    Path journal = closedJournal();
    Files.move(journal.resolve("0001"), journal.resolve("swap"));
    Files.move(journal.resolve("0002"), journal.resolve("0001"));
    Files.move(journal.resolve("swap"), journal.resolve("0002"));
    assertThat(JournalVerify.verify(journal))
        .isInstanceOfSatisfying(
            JournalVerify.Corrupt.class,
            corrupt -> assertThat(corrupt.what()).contains("holds incarnation"));
    assertThatThrownBy(() -> TestJournals.open(journal)).isInstanceOf(JournalException.class);
  }

  @Test
  void anotherJournalsIncarnationIsCorruption() throws JournalException, IOException {
    Path journal = closedJournal();
    Path other = temp.resolve("other");
    for (int incarnation = 1; incarnation <= 2; incarnation++) {
      try (Journal writer = TestJournals.open(other)) {
        appendOneByOne(writer, events(50 + incarnation, 5));
      }
    }
    Path otherImage = image(other, temp.resolve("otherImage"));
    for (int incarnation = 1; incarnation <= 2; incarnation++) {
      Path mixed = image(journal, temp.resolve("mixed" + incarnation));
      Scratch.delete(mixed.resolve("000" + incarnation));
      Files.move(otherImage.resolve("000" + incarnation), mixed.resolve("000" + incarnation));
      assertThat(JournalVerify.verify(mixed)).isInstanceOf(JournalVerify.Corrupt.class);
    }
  }

  /// An incarnation that a crash left before its first barrier is no loss, however often.
  @Test
  void openingsThatCameToNothingAreNoLoss() throws JournalException, IOException {
    Path journal = closedJournal();
    Files.createDirectory(journal.resolve("0003"));
    Path half = Files.createDirectory(journal.resolve("0004"));
    byte[] second = Files.readAllBytes(cycleFile(journal, 2));
    int facts = extents(readAll(journal), 2, second).getFirst().from();
    Files.write(half.resolve("20260102-03F.cq4"), Arrays.copyOf(second, facts + 20));
    assertThat(JournalVerify.verify(journal)).isInstanceOf(JournalVerify.TornTail.class);
    try (Journal reopened = TestJournals.open(journal)) {
      assertThat(reopened.recovery().lastSeq()).isEqualTo(12);
      reopened.append(seed(1, "goes on")).join();
    }
    assertThat(readAll(journal)).hasSize(14);
    assertThat(journal.resolve("0005")).isDirectory();
    assertThat(JournalVerify.verify(journal)).isEqualTo(new JournalVerify.Clean(14));
  }

  @Test
  void readingWritesNothing() throws JournalException, IOException {
    Path journal = closedJournal();
    List<String> before = listing(journal);
    readAll(journal);
    JournalVerify.verify(journal);
    JournalStats.of(journal);
    assertThat(listing(journal)).isEqualTo(before);
  }

  /// A flip in each part of a fact, its length word zeroed, all of it zeroed, the file cut in it.
  private static List<byte[]> damages(byte[] intact, Extent fact) {
    List<byte[]> damages = new ArrayList<>();
    for (int at :
        new int[] {
          fact.from(),
          fact.from() + 3,
          fact.from() + WORD,
          fact.from() + WORD + 16,
          fact.from() + WORD + 36,
          fact.to() - 1
        }) {
      byte[] damaged = intact.clone();
      damaged[at] ^= (byte) 0x40;
      damages.add(damaged);
    }
    byte[] wordless = intact.clone();
    Arrays.fill(wordless, fact.from(), fact.from() + WORD, (byte) 0);
    damages.add(wordless);
    byte[] zeroed = intact.clone();
    Arrays.fill(zeroed, fact.from(), fact.to(), (byte) 0);
    damages.add(zeroed);
    return damages;
  }

  private static boolean isBlank(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static List<JournalEntry> walk(Path journal) throws JournalException {
    return readAll(
        new JournalCursor(
            ChainWalker.fromStart(new JournalFolder(journal)),
            walker -> {
              try (ChainWalker ahead = walker.fork()) {
                while (ahead.next() != null) {
                  // To the end of the chain, durable or not.
                }
                return ahead.lastSeq();
              }
            }));
  }

  private static List<Extent> extents(List<JournalEntry> entries, int incarnation, byte[] file) {
    return entries.stream()
        .filter(entry -> entry.position().incarnation() == incarnation)
        .map(entry -> {
          int from = (int) CycleFiles.offset(entry.position().index());
          return new Extent(entry.seq(), from, from + WORD + Envelope.getInt(file, from));
        })
        .toList();
  }

  private static List<String> listing(Path folder) throws IOException {
    List<String> listing = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        listing.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return listing;
  }
}
