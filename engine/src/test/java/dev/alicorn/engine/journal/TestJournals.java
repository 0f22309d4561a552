package dev.alicorn.engine.journal;

import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What journal tests share: events, machines with a part replaced, and copies that are as a crash
/// would leave the folder.
final class TestJournals {
  static final Instant NOW = Instant.parse("2026-01-02T03:59:59.500Z");

  /// Room is never short, time stands still, and the marker is written at the first barrier and at
  /// close only: what lies between is known durable by the envelopes alone.
  static final JournalSettings SETTINGS =
      new JournalSettings(64, Duration.ofMillis(50), 65_536, Duration.ofDays(1), 0);

  private static final Machine.Halt NEVER_HALTS =
      (reason, cause) -> {
        throw new AssertionError("the writer would have ended the process: " + reason, cause);
      };

  private TestJournals() {}

  static Machine machine(InstantSource clock) {
    return new Machine(clock, new FileBarrier(), _ -> Long.MAX_VALUE, NEVER_HALTS);
  }

  static Machine machine(Barrier barrier, Machine.Halt halt) {
    return new Machine(InstantSource.fixed(NOW), barrier, _ -> Long.MAX_VALUE, halt);
  }

  static Journal open(Path folder) throws JournalException {
    return Journal.open(folder, SETTINGS, "test", machine(InstantSource.fixed(NOW)));
  }

  static JournalEvent seed(long ordinal, String text) {
    return new JournalEvent.SeedAccepted(
        new RecordId(ordinal), 0, "line " + ordinal, text, Optional.empty());
  }

  static List<JournalEvent> events(long seed, int count) {
    Random random = new Random(seed);
    List<JournalEvent> events = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      RecordId record = new RecordId(i);
      CallKey key = new CallKey(ContentHash.of("key " + i));
      events.add(
          switch (random.nextInt(4)) {
            case 0 -> seed(i, "x".repeat(random.nextInt(2_000)));
            case 1 ->
                new JournalEvent.LlmReplied(
                    record,
                    Stage.CAPTION,
                    random.nextInt(2),
                    key,
                    "local",
                    Bytes.wrap(
                        bytes(random, random.nextInt(random.nextInt(20) == 0 ? 400_000 : 900))),
                    Duration.ofMillis(random.nextInt(9_000)),
                    Optional.empty());
            case 2 ->
                new JournalEvent.CallFailed(
                    record,
                    Tasks.MULTIPLE_CHOICE.stage(),
                    0,
                    key,
                    "local",
                    FailureCause.CUT_BODY,
                    200,
                    "cut",
                    Bytes.wrap(bytes(random, random.nextInt(90))),
                    Duration.ofMillis(7));
            default ->
                new JournalEvent.TextEmbedded(
                    record, key.hash(), ContentHash.of("text"), vector(random), false);
          });
    }
    return events;
  }

  /// Appends all, waits for all, and gives the entries.
  static List<JournalEntry> append(Journal journal, List<JournalEvent> events) {
    List<CompletableFuture<JournalEntry>> promises = events.stream().map(journal::append).toList();
    return promises.stream().map(CompletableFuture::join).toList();
  }

  /// Appends one after the other, each behind its own barrier.
  static List<JournalEntry> appendOneByOne(Journal journal, List<JournalEvent> events) {
    return events.stream().map(event -> journal.append(event).join()).toList();
  }

  static List<JournalEntry> readAll(JournalCursor cursor) throws JournalException {
    List<JournalEntry> entries = new ArrayList<>();
    try (cursor) {
      @Nullable JournalEntry entry;
      while ((entry = cursor.next()) != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  static List<JournalEntry> readAll(Path folder) throws JournalException {
    return readAll(JournalReader.open(folder));
  }

  static List<JournalEvent> events(List<JournalEntry> entries) {
    return entries.stream().map(JournalEntry::event).toList();
  }

  /// A copy of the folder as it is now, each cycle file without the zeros at its end: what a crash
  /// at this moment would leave.
  static Path image(Path journal, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(journal)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(journal.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (file.toString().endsWith(".cq4")) {
          Files.write(target, withoutZerosAtEnd(Files.readAllBytes(file)));
        } else if (!file.toString().endsWith(".cq4t")) {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  static Path cycleFile(Path journal, int incarnation) throws IOException {
    return CycleFiles.list(new JournalFolder(journal).incarnation(incarnation)).getLast();
  }

  private static byte[] withoutZerosAtEnd(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    // A document's own padding may be zero; its length word may not reach beyond the file.
    return Arrays.copyOf(bytes, Math.min(bytes.length, (length + 64) & -4));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Embedding vector(Random random) {
    float[] values = new float[384];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Embedding.wrap(values);
  }
}
