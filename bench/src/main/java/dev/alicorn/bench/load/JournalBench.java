package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.RecordId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/// The journal beside a bare Chronicle Queue with the same barriers: appending facts, each
/// acknowledged behind its barrier, and reading them from the first to the last, each checked.
///
/// They take turns, so that a machine that slows down slows both.
public final class JournalBench implements Bench {
  private static final int ROUNDS = 5;
  private static final int FACTS = 100_000;
  private static final int FACT_TEXT_CHARS = 1_500;
  private static final int BARRIER_RECORDS = JournalSettings.DEFAULT.barrierRecords();
  private static final int APPENDS_IN_FLIGHT_MAX = 1_024;

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public String subject() {
    return "appending with barriers, and reading, beside a bare Chronicle Queue";
  }

  @Override
  public BenchResult run() throws Exception {
    JournalEvent fact =
        new JournalEvent.SeedAccepted(
            new RecordId(1), 0, "line 1", "x".repeat(FACT_TEXT_CHARS), Optional.empty());
    byte[] payload = JournalCodec.encode(fact);
    double[] append = new double[ROUNDS];
    double[] bareAppend = new double[ROUNDS];
    double[] read = new double[ROUNDS];
    double[] bareRead = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      try (Scratch scratch = Scratch.create(name())) {
        Path journal = scratch.folder().resolve("journal");
        Path bare = scratch.folder().resolve("bare");
        double bareAppended = perSecond(() -> appendBare(bare, payload));
        double appended = perSecond(() -> append(journal, fact));
        double bareWasRead = perSecond(() -> readBare(journal.resolve("0001")));
        double wasRead = perSecond(() -> read(journal));
        if (round >= 0) {
          append[round] = appended;
          bareAppend[round] = bareAppended;
          read[round] = wasRead;
          bareRead[round] = bareWasRead;
        }
      }
    }
    return new BenchResult(
        name(),
        List.of(
            rate("append", payload, append).and("to_bare_ratio", ratio(append, bareAppend)),
            rate("append_bare", payload, bareAppend),
            rate("read", payload, read).and("to_bare_ratio", ratio(read, bareRead)),
            rate("read_bare", payload, bareRead)),
        List.of(
            "%d facts of %d bytes a round, %d rounds after one that is left out; a barrier each %d facts, by fdatasync."
                .formatted(FACTS, payload.length, ROUNDS, BARRIER_RECORDS),
            "read checks each fact's CRC and its link to the one before; read_bare is Chronicle's tailer over the same file, which checks nothing. to_bare_ratio is of the medians."));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double perSecond(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return FACTS / ((System.nanoTime() - start) / 1e9);
  }

  private static Row rate(String name, byte[] payload, double[] perSecond) {
    return Row.spread(name, "facts_per_s", perSecond)
        .and("median_mb_per_s", median(perSecond) * payload.length / 1e6);
  }

  private static double ratio(double[] ours, double[] bare) {
    return median(ours) / median(bare);
  }

  private static double median(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void append(Path folder, JournalEvent fact) throws Exception {
    try (Journal journal = Journal.open(folder, JournalSettings.DEFAULT, "bench")) {
      Deque<CompletableFuture<JournalEntry>> inFlight = new ArrayDeque<>();
      for (int i = 0; i < FACTS; i++) {
        if (inFlight.size() == APPENDS_IN_FLIGHT_MAX) {
          inFlight.remove().join();
        }
        inFlight.add(journal.append(fact));
      }
      inFlight.forEach(CompletableFuture::join);
    }
  }

  private static void appendBare(Path folder, byte[] payload) throws IOException {
    try (SingleChronicleQueue queue = queue(folder);
        ExcerptAppender appender = queue.createAppender()) {
      List<FileChannel> handles = new ArrayList<>();
      for (int i = 1; i <= FACTS; i++) {
        try (DocumentContext document = appender.writingDocument()) {
          bytes(document).write(payload);
        }
        if (i % BARRIER_RECORDS == 0 || i == FACTS) {
          if (handles.isEmpty()) {
            handles.add(FileChannel.open(cycleFile(folder), StandardOpenOption.WRITE));
          }
          handles.getFirst().force(false);
        }
      }
      for (FileChannel handle : handles) {
        handle.close();
      }
    }
  }

  private static void read(Path folder) throws Exception {
    long facts = 0;
    try (JournalCursor cursor = JournalReader.open(folder)) {
      while (cursor.nextEncoded() != null) {
        facts++;
      }
    }
    require(facts, FACTS + 1);
  }

  private static void readBare(Path folder) {
    long facts = 0;
    byte[] target = new byte[4 * FACT_TEXT_CHARS];
    try (SingleChronicleQueue queue = queue(folder);
        ExcerptTailer tailer = queue.createTailer()) {
      while (true) {
        try (DocumentContext document = tailer.readingDocument()) {
          if (!document.isPresent()) {
            break;
          }
          bytes(document).read(target);
          facts++;
        }
      }
    }
    require(facts, FACTS + 1);
  }

  private static Bytes<?> bytes(DocumentContext document) {
    var wire = document.wire();
    if (wire == null) {
      throw new IllegalStateException("the queue gave no document");
    }
    return wire.bytes();
  }

  private static void require(long found, long wanted) {
    if (found != wanted) {
      throw new IllegalStateException(found + " facts were read, not " + wanted);
    }
  }

  private static SingleChronicleQueue queue(Path folder) {
    return SingleChronicleQueueBuilder.binary(folder).rollCycle(RollCycles.FAST_HOURLY).build();
  }

  private static Path cycleFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }
}
