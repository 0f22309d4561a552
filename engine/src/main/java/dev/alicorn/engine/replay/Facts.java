package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.Awaited;
import dev.alicorn.engine.dataset.HeldFolder;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.protocol.EncodedFact;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.MalformedEventException;
import dev.alicorn.protocol.RecordId;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// A journal's record facts, laid apart so that they can be read record by record, as often as
/// needed.
///
/// @param journal to be read again where a fact has to be found
/// @param endpoints what endpoints stood for, by the facts
/// @param records how many records there are
/// @param lastSeq the last fact of a record, up to which a dataset stands for the journal
record Facts(
    Source journal,
    Scatter scatter,
    Map<String, EndpointBound> endpoints,
    long records,
    long lastSeq) {

  /// Reads a journal once, and nothing behind the last seq that counts: it may be damaged.
  ///
  /// @param until the last seq that counts
  /// @param wanted the records whose facts are laid apart
  /// @param folder for the facts
  static Facts read(
      Source journal, long until, Predicate<RecordId> wanted, Path folder, ReplayMeter meter)
      throws JournalException, IOException {
    try (JournalCursor cursor = journal.open()) {
      ReplayMeter.Gauge read = meter.begin(Stage.READING, cursor.fileBytes());
      Facts facts = read(journal, cursor, until, wanted, folder, read);
      read.end();
      return facts;
    }
  }

  /// Reads a journal that lies on disk, lays its facts apart in the system's folder for temporary
  /// files, and forgets them when the work is done.
  ///
  /// @param until the last seq that counts
  /// @param wanted the records whose facts are laid apart
  static <T> T onDisk(Path journalFolder, long until, Predicate<RecordId> wanted, FactsWork<T> work)
      throws JournalException, IOException {
    Path laidApart = Files.createTempDirectory("alicorn-facts-");
    try (Closeable _ = () -> HeldFolder.remove(laidApart)) {
      return work.on(
          read(
              () -> JournalReader.open(journalFolder),
              until,
              wanted,
              laidApart,
              new ReplayMeter()));
    }
  }

  private static Facts read(
      Source journal,
      JournalCursor cursor,
      long until,
      Predicate<RecordId> wanted,
      Path folder,
      ReplayMeter.Gauge read)
      throws JournalException, IOException {
    Map<String, EndpointBound> endpoints = new HashMap<>();
    long records = 0;
    long lastSeq = 0;
    try (Scatter scatter = new Scatter(folder)) {
      EncodedFact fact;
      while (cursor.seq() < until && (fact = cursor.nextEncoded()) != null) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("the reading of the journal was interrupted");
        }
        read.reach(cursor.readBytes());
        if (fact.type() == EventType.ENDPOINT_BOUND
            && fact.decoded() instanceof EndpointBound bound) {
          endpoints.putIfAbsent(bound.endpoint(), bound);
        }
        RecordId record = fact.record();
        if (record != null && wanted.test(record)) {
          scatter.add(record, fact);
          records = Math.max(records, record.ordinal());
          lastSeq = fact.seq();
        }
      }
      return new Facts(journal, scatter, endpoints, records, lastSeq);
    } catch (MalformedEventException e) {
      throw cursor.unknown(e);
    }
  }

  /// Works out several ranges of records at a time and hands over what they come to, in the order
  /// of their records.
  ///
  /// Each range that is being worked out or waits to be handed over is in memory: one more than
  /// there are threads.
  <T, E extends Exception> void forEachRange(
      int threads, RangeWork<T> work, RangeConsumer<T, E> consumer)
      throws JournalException, IOException, E {
    long ranges = Math.ceilDiv(records, Scatter.RANGE_RECORDS);
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("alicorn-replay-", 0).factory());
    try {
      Deque<Future<T>> ahead = new ArrayDeque<>();
      long begun = 0;
      for (long range = 0; range < ranges; range++) {
        while (begun < ranges && ahead.size() <= threads) {
          long next = begun++;
          ahead.add(pool.submit(() -> work.on(records(next))));
        }
        consumer.accept(Awaited.result(ahead.remove(), "the replay"));
      }
    } catch (UnreadableFactException e) {
      throw located(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /// Hands over each record, in their order.
  <E extends Exception> void forEach(RecordConsumer<E> consumer)
      throws JournalException, IOException, E {
    try {
      for (long range = 0; range * Scatter.RANGE_RECORDS < records; range++) {
        for (RecordFacts record : records(range)) {
          consumer.accept(record);
        }
      }
    } catch (UnreadableFactException e) {
      throw located(e);
    }
  }

  private Iterable<RecordFacts> records(long range) throws IOException {
    SortedMap<RecordId, List<JournalEvent>> byRecord = new TreeMap<>();
    try {
      for (JournalEvent fact : scatter.range(range)) {
        byRecord
            .computeIfAbsent(
                Objects.requireNonNull(RecordFacts.owner(fact)), _ -> new ArrayList<>())
            .add(fact);
      }
    } catch (MalformedEventException e) {
      throw new UnreadableFactException(e);
    }
    return () ->
        byRecord.entrySet().stream()
            .map(entry -> {
              RecordFacts facts = RecordFacts.of(entry.getKey());
              for (JournalEvent fact : entry.getValue()) {
                facts = facts.with(fact);
              }
              return facts;
            })
            .iterator();
  }

  /// Where in the journal a fact lies that cannot be decoded. What is laid apart does not know, so
  /// the journal is read again.
  private JournalException located(UnreadableFactException unreadable) throws IOException {
    try (JournalCursor cursor = journal.open()) {
      while (cursor.seq() < lastSeq) {
        cursor.next();
      }
    } catch (JournalException e) {
      return e;
    }
    throw unreadable;
  }

  /// That a fact cannot be decoded.
  private static final class UnreadableFactException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableFactException(MalformedEventException cause) {
      super("a fact cannot be read, " + cause.getMessage(), cause);
    }
  }

  /// A journal that can be read from its first fact on, as often as needed.
  interface Source {
    JournalCursor open() throws JournalException;
  }

  /// What facts come to.
  interface FactsWork<T> {
    T on(Facts facts) throws JournalException, IOException;
  }

  /// What the records of a range come to; called by several threads.
  interface RangeWork<T> {
    T on(Iterable<RecordFacts> records) throws IOException;
  }

  /// What is done with each range.
  interface RangeConsumer<T, E extends Exception> {
    void accept(T range) throws IOException, E;
  }

  /// What is done with each record.
  interface RecordConsumer<E extends Exception> {
    void accept(RecordFacts record) throws IOException, E;
  }
}
