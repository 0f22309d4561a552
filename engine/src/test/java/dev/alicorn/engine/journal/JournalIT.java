package dev.alicorn.engine.journal;

import static dev.alicorn.engine.journal.TestJournals.NOW;
import static dev.alicorn.engine.journal.TestJournals.SETTINGS;
import static dev.alicorn.engine.journal.TestJournals.append;
import static dev.alicorn.engine.journal.TestJournals.events;
import static dev.alicorn.engine.journal.TestJournals.readAll;
import static dev.alicorn.engine.journal.TestJournals.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalIT {
  @TempDir private Path folder;

  @Test
  void givesBackWhatWasAppendedInItsOrder() throws JournalException {
    List<JournalEvent> events = events(1, 2_000);
    try (Journal journal = TestJournals.open(folder)) {
      assertThat(journal.recovery()).isEqualTo(new Recovery.Fresh());
      List<JournalEntry> acknowledged = append(journal, events);
      assertThat(acknowledged.stream().mapToLong(JournalEntry::seq))
          .containsExactlyElementsOf(LongStream.rangeClosed(2, 2_001).boxed().toList());
      assertThat(journal.durableSeq()).isEqualTo(2_001);
      List<JournalEntry> read = readAll(journal.cursor());
      assertThat(read.getFirst())
          .returns(1L, JournalEntry::seq)
          .returns(new JournalEvent.IncarnationOpened(1, 0, 0, NOW, "test"), JournalEntry::event);
      assertThat(read.subList(1, read.size())).isEqualTo(acknowledged);
    }
    assertThat(TestJournals.events(readAll(folder)).subList(1, 2_001)).isEqualTo(events);
  }

  @Test
  void numbersFactsThroughAllIncarnations() throws JournalException {
    List<JournalEvent> expected = new ArrayList<>();
    for (int incarnation = 1; incarnation <= 4; incarnation++) {
      try (Journal journal = TestJournals.open(folder)) {
        assertThat(journal.recovery().lastSeq()).isEqualTo(expected.size());
        assertThat(journal.recovery())
            .isInstanceOf(incarnation == 1 ? Recovery.Fresh.class : Recovery.Clean.class);
        expected.add(readAll(journal.cursor()).getLast().event());
        List<JournalEvent> events = events(incarnation, 100);
        append(journal, events);
        expected.addAll(events);
        assertThat(TestJournals.events(readAll(journal.cursor()))).isEqualTo(expected);
      }
    }
    List<JournalEntry> read = readAll(folder);
    assertThat(TestJournals.events(read)).isEqualTo(expected);
    assertThat(read.stream().mapToLong(JournalEntry::seq))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 404).boxed().toList());
    assertThat(expected.get(303))
        .asInstanceOf(InstanceOfAssertFactories.type(JournalEvent.IncarnationOpened.class))
        .returns(4, JournalEvent.IncarnationOpened::incarnation)
        .returns(303L, JournalEvent.IncarnationOpened::previousSeq);
    assertThat(JournalVerify.verify(folder)).isEqualTo(new JournalVerify.Clean(404));
  }

  @Test
  void readsSingleFactsByTheirPosition() throws JournalException {
    long seed = 7;
    List<JournalEntry> entries = new ArrayList<>();
    for (int incarnation = 1; incarnation <= 3; incarnation++) {
      try (Journal journal = TestJournals.open(folder)) {
        entries.addAll(append(journal, events(incarnation, 50)));
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
          JournalEntry entry = entries.get(random.nextInt(entries.size()));
          assertThat(journal.read(entry.position())).as("seed %d", seed).isEqualTo(entry.event());
        }
        Position next = new Position(incarnation, entries.getLast().position().index() + 4);
        assertThatThrownBy(() -> journal.read(next))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("no durable fact stands there");
      }
    }
  }

  @Test
  void passesOverWhatIsNotWanted() throws JournalException {
    List<JournalEvent> events = events(3, 500);
    try (Journal journal = TestJournals.open(folder)) {
      append(journal, events);
      List<JournalEvent> read = new ArrayList<>();
      try (JournalCursor cursor = journal.cursor()) {
        JournalEntry entry;
        while ((entry = cursor.next(Set.of(EventType.LLM_REPLIED))) != null) {
          read.add(entry.event());
        }
        assertThat(cursor.seq()).isEqualTo(501);
      }
      assertThat(read)
          .isNotEmpty()
          .isEqualTo(events.stream().filter(JournalEvent.LlmReplied.class::isInstance).toList());
    }
  }

  @Test
  void aCursorSeesWhatComesLater() throws JournalException {
    try (Journal journal = TestJournals.open(folder);
        JournalCursor cursor = journal.cursor()) {
      assertThat(cursor.next()).isNotNull();
      for (int i = 1; i <= 300; i++) {
        assertThat(cursor.next()).isNull();
        CompletableFuture<Long> beyond = journal.durableBeyond(cursor.seq());
        assertThat(beyond).isNotDone();
        JournalEntry entry = journal.append(seed(i, "text " + i)).join();
        assertThat(beyond.join()).isEqualTo(entry.seq());
        assertThat(cursor.next()).isEqualTo(entry);
      }
    }
  }

  @Test
  void beginsAFileAnHour() throws JournalException, IOException {
    AtomicLong clock = new AtomicLong(NOW.toEpochMilli());
    List<JournalEvent> events = events(4, 30);
    try (Journal journal =
            Journal.open(
                folder,
                SETTINGS,
                "test",
                TestJournals.machine(() -> Instant.ofEpochMilli(clock.get())));
        JournalCursor cursor = journal.cursor()) {
      assertThat(cursor.next()).isNotNull();
      List<JournalEntry> entries = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        if (i % 10 == 9) {
          clock.addAndGet(Duration.ofMinutes(61).toMillis());
        }
        if (i == 25) {
          clock.set(NOW.toEpochMilli());
        }
        entries.add(journal.append(events.get(i)).join());
        assertThat(cursor.next()).isEqualTo(entries.getLast());
      }
      for (JournalEntry entry : entries) {
        assertThat(journal.read(entry.position())).isEqualTo(entry.event());
      }
    }
    assertThat(CycleFiles.list(folder.resolve("0001")))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("20260102-03F.cq4", "20260102-05F.cq4", "20260102-06F.cq4");
    List<JournalEntry> read = readAll(folder);
    assertThat(TestJournals.events(read.subList(1, read.size()))).isEqualTo(events);
    assertThat(JournalVerify.verify(folder)).isEqualTo(new JournalVerify.Clean(31));
  }

  /// What a cursor has in its buffer is older than what an hour ends with.
  @Test
  void aCursorReadsAFileToItsEndBeforeTheNext() throws JournalException {
    AtomicLong clock = new AtomicLong(NOW.toEpochMilli());
    try (Journal journal =
            Journal.open(
                folder,
                SETTINGS,
                "test",
                TestJournals.machine(() -> Instant.ofEpochMilli(clock.get())));
        JournalCursor cursor = journal.cursor()) {
      assertThat(cursor.next()).isNotNull();
      assertThat(cursor.next()).isNull();
      JournalEntry last = journal.append(seed(1, "the last of its hour")).join();
      clock.addAndGet(Duration.ofHours(1).toMillis());
      JournalEntry first = journal.append(seed(2, "the first of the next")).join();
      assertThat(cursor.next()).isEqualTo(last);
      assertThat(cursor.next()).isEqualTo(first);
      assertThat(cursor.next()).isNull();
    }
  }

  /// Chronicle's own tailer reads the same documents in the same order.
  @Test
  void agreesWithChroniclesTailer() throws JournalException, IOException {
    try (Journal journal = TestJournals.open(folder)) {
      append(journal, events(5, 3_000));
    }
    List<byte[]> documents = new ArrayList<>();
    try (SingleChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(folder.resolve("0001"))
                .rollCycle(CycleFiles.ROLL_CYCLE)
                .build();
        ExcerptTailer tailer = queue.createTailer()) {
      while (tailer.readBytes(bytes -> documents.add(bytes.toByteArray()))) {
        // Each is kept.
      }
    }
    assertThat(documents).hasSize(3_001);
    try (FactScanner scanner = new FactScanner(folder.resolve("0001"))) {
      for (byte[] document : documents) {
        Envelope envelope = scanner.next();
        assertThat(envelope).isNotNull();
        assertThat(envelope).isEqualTo(Envelope.read(document, 0, document.length, new CRC32C()));
      }
      assertThat(scanner.next()).isNull();
    }
  }

  @Test
  void keepsLargeFactsAcrossMappedBlocks() throws JournalException {
    byte[] body = new byte[Envelope.PAYLOAD_BYTES_MAX - 1_000];
    List<JournalEvent> events = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      new Random(i).nextBytes(body);
      events.add(reply(i, body.clone()));
      events.add(seed(i, "between"));
    }
    try (Journal journal = TestJournals.open(folder)) {
      append(journal, events);
      assertThatThrownBy(() -> journal.append(reply(1, new byte[Envelope.PAYLOAD_BYTES_MAX])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a fact has at most");
    }
    List<JournalEntry> read = readAll(folder);
    assertThat(TestJournals.events(read.subList(1, read.size()))).isEqualTo(events);
  }

  @Test
  void aClosedJournalSaysSo() throws JournalException {
    Journal journal = TestJournals.open(folder);
    CompletableFuture<Long> waiter = journal.durableBeyond(1);
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(seed(1, "late")).join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(JournalException.class)
        .hasMessageContaining("the journal takes no more facts");
    assertThatThrownBy(waiter::join).hasRootCauseInstanceOf(JournalException.class);
    assertThat(readAll(journal.cursor())).hasSize(1);
  }

  @Test
  void whatIsNoJournalIsNamed() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> JournalReader.open(empty))
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.ABSENT))
        .hasMessageContaining(empty.toString());
    assertThat(empty).isEmptyDirectory();
  }

  private static JournalEvent reply(long record, byte[] body) {
    return new JournalEvent.LlmReplied(
        new RecordId(record),
        Stage.CAPTION,
        0,
        new CallKey(ContentHash.of("key")),
        "local",
        Bytes.wrap(body),
        Duration.ZERO,
        Optional.empty());
  }
}
