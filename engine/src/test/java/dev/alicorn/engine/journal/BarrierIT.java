package dev.alicorn.engine.journal;

import static dev.alicorn.engine.journal.TestJournals.NOW;
import static dev.alicorn.engine.journal.TestJournals.SETTINGS;
import static dev.alicorn.engine.journal.TestJournals.machine;
import static dev.alicorn.engine.journal.TestJournals.readAll;
import static dev.alicorn.engine.journal.TestJournals.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarrierIT {
  @TempDir private Path folder;

  /// A real barrier, which is made of a cycle file only when it is let, and tells what it forced.
  private static final class GatedBarrier implements Barrier {
    private final FileBarrier real = new FileBarrier();
    private final Semaphore gate;
    private final Semaphore arrived = new Semaphore(0);
    private final List<String> forced = Collections.synchronizedList(new ArrayList<>());

    GatedBarrier(int permits) {
      this.gate = new Semaphore(permits);
    }

    @Override
    public void forceFile(Path file) throws IOException {
      if (file.toString().endsWith(".cq4")) {
        arrived.release();
        gate.acquireUninterruptibly();
      }
      real.forceFile(file);
      forced.add(String.valueOf(file.getFileName()));
    }

    @Override
    public void forceNames(Path folder) throws IOException {
      real.forceNames(folder);
      forced.add(folder.getFileName() + "/");
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  private static final Machine.Halt UNEXPECTED =
      (reason, cause) -> {
        throw new AssertionError(reason, cause);
      };

  @Test
  void acknowledgesNothingBeforeItsBarrier() throws JournalException {
    GatedBarrier barrier = new GatedBarrier(1);
    try (Journal journal = Journal.open(folder, SETTINGS, "test", machine(barrier, UNEXPECTED));
        JournalCursor live = journal.cursor();
        JournalCursor outside = JournalReader.open(folder)) {
      barrier.arrived.acquireUninterruptibly();
      assertThat(live.next()).isNotNull();
      CompletableFuture<JournalEntry> first = journal.append(seed(1, "a"));
      CompletableFuture<Long> beyond = journal.durableBeyond(1);
      barrier.arrived.acquireUninterruptibly();
      // The first stands in the file and its barrier has begun; the others wait for the next.
      List<CompletableFuture<JournalEntry>> rest = new ArrayList<>();
      for (int i = 2; i <= 100; i++) {
        rest.add(journal.append(seed(i, "b")));
      }
      assertThat(first).isNotDone();
      assertThat(beyond).isNotDone();
      assertThat(journal.durableSeq()).isEqualTo(1);
      assertThat(live.next()).isNull();
      // The marker of the first barrier was written before the second began.
      assertThat(outside.next()).isNotNull();
      assertThat(outside.next()).isNull();

      barrier.gate.release();
      assertThat(first.join().seq()).isEqualTo(2);
      assertThat(beyond.join()).isEqualTo(2);
      assertThat(live.next()).isEqualTo(first.join());

      barrier.arrived.acquireUninterruptibly();
      assertThat(rest).noneMatch(CompletableFuture::isDone);
      assertThat(journal.durableSeq()).isEqualTo(2);
      assertThat(live.next()).isNull();
      // By now the envelope of the third fact says that the second was durable when it was written.
      assertThat(outside.next()).isEqualTo(first.join());
      assertThat(outside.next()).isNull();

      barrier.gate.release();
      assertThat(rest.get(63).join().seq()).isEqualTo(66);
      barrier.arrived.acquireUninterruptibly();
      assertThat(journal.durableSeq()).isEqualTo(66);
      assertThat(rest.get(64)).isNotDone();
      barrier.gate.release();
      assertThat(rest.getLast().join().seq()).isEqualTo(101);
    }
  }

  @Test
  void coversTheOldFileTheNewFileAndItsName() throws JournalException {
    GatedBarrier barrier = new GatedBarrier(Integer.MAX_VALUE);
    AtomicLong clock = new AtomicLong(NOW.toEpochMilli());
    Machine machine =
        new Machine(
            () -> Instant.ofEpochMilli(clock.get()), barrier, _ -> Long.MAX_VALUE, UNEXPECTED);
    List<String> forced = new ArrayList<>();
    for (Path made = folder; made != null; made = made.getParent()) {
      if (made.equals(folder) || Files.isWritable(made)) {
        forced.add(made.getFileName() + "/");
      }
    }
    forced.addAll(List.of("20260102-03F.cq4", "0001/"));
    forced.addAll(List.of("durable.tmp", folder.getFileName() + "/"));
    forced.add("20260102-03F.cq4");
    try (Journal journal = Journal.open(folder, SETTINGS, "test", machine)) {
      journal.append(seed(1, "a")).join();
      assertThat(barrier.forced).isEqualTo(forced);
      barrier.forced.clear();
      clock.addAndGet(Duration.ofHours(1).toMillis());
      journal.append(seed(2, "b")).join();
      assertThat(barrier.forced).containsExactly("20260102-03F.cq4", "20260102-04F.cq4", "0001/");
    }
  }

  /// An incarnation that found facts and has none of its own yet leaves the marker as it is: a
  /// crash at this moment would leave one that names a fact of another incarnation.
  @Test
  void marksNothingBeforeItsFirstFact() throws Exception {
    try (Journal first = TestJournals.open(folder)) {
      first.append(seed(1, "a")).join();
    }
    String before = Files.readString(folder.resolve("durable"));
    List<String> atFirst = new ArrayList<>();
    Thread opener = Thread.currentThread();
    InstantSource clock =
        () -> {
          if (Thread.currentThread() == opener) {
            awaitWriterAtRest();
            try {
              atFirst.add(Files.readString(folder.resolve("durable")));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          return NOW;
        };
    try (Journal second = Journal.open(folder, SETTINGS, "test", machine(clock))) {
      assertThat(atFirst).containsExactly(before);
      assertThat(second.recovery().lastSeq()).isEqualTo(2);
    }
  }

  @Test
  void aRefusedBarrierEndsTheProcess() throws JournalException {
    AtomicInteger barriersLeft = new AtomicInteger(2);
    Barrier failing =
        new Barrier() {
          private final FileBarrier real = new FileBarrier();

          @Override
          public void forceFile(Path file) throws IOException {
            if (file.toString().endsWith(".cq4") && barriersLeft.getAndDecrement() == 0) {
              throw new IOException("Input/output error");
            }
            real.forceFile(file);
          }

          @Override
          public void forceNames(Path folder) throws IOException {
            real.forceNames(folder);
          }

          @Override
          public void close() throws IOException {
            real.close();
          }
        };
    List<String> halts = new ArrayList<>();
    Journal journal =
        Journal.open(
            folder,
            SETTINGS,
            "test",
            machine(failing, (reason, cause) -> halts.add(reason + ": " + cause.getMessage())));
    JournalEntry kept = journal.append(seed(1, "kept")).join();
    CompletableFuture<JournalEntry> lost = journal.append(seed(2, "not acknowledged"));
    assertThatThrownBy(lost::join).hasRootCauseMessage("Input/output error");
    assertThat(halts)
        .containsExactly("the disk refused a barrier of the journal: Input/output error");
    assertThat(barriersLeft).as("it is not tried again").hasValue(-1);
    assertThat(journal.durableSeq()).isEqualTo(kept.seq());
    assertThatThrownBy(() -> journal.append(seed(3, "late")).join())
        .hasMessageContaining("the journal takes no more facts, it failed");
    assertThatThrownBy(journal::close).isInstanceOf(JournalException.class);
  }

  @Test
  void waitsForSpaceAndGoesOnByItself() throws JournalException {
    AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    CountDownLatch asked = new CountDownLatch(1);
    Machine machine =
        new Machine(
            InstantSource.fixed(NOW),
            new FileBarrier(),
            _ -> {
              if (free.get() == 0) {
                asked.countDown();
              }
              return free.get();
            },
            UNEXPECTED);
    try (Journal journal = Journal.open(folder, SETTINGS, "test", machine)) {
      free.set(0);
      CompletableFuture<JournalEntry> waiting = journal.append(seed(1, "a"));
      awaitUninterruptibly(asked);
      assertThat(waiting).isNotDone();
      free.set(Long.MAX_VALUE);
      assertThat(waiting.join().seq()).isEqualTo(2);
      assertThat(journal.waitsForSpace()).isFalse();
    }
    assertThat(readAll(folder)).hasSize(2);
  }

  @Test
  void givesItsBallastUpBeforeItWaits() throws JournalException, IOException {
    Ballast ballast = Ballast.in(folder);
    ballast.take(Long.MAX_VALUE);
    assertThat(ballast.file()).as("the disk has not that much to spare").doesNotExist();
    ballast.take(0);
    assertThat(ballast.file()).hasSize(Ballast.BYTES);
    AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    Machine machine =
        new Machine(
            InstantSource.fixed(NOW),
            new FileBarrier(),
            _ -> Files.exists(ballast.file()) ? free.get() : free.get() + Ballast.BYTES,
            UNEXPECTED);
    try (Journal journal =
        Journal.open(folder.resolve("journal"), SETTINGS.withBallast(ballast), "test", machine)) {
      free.set(0);
      assertThat(journal.append(seed(1, "a")).join().seq()).isEqualTo(2);
      assertThat(ballast.file()).doesNotExist();
    }
  }

  @Test
  void closingGivesUpOnSpace() throws JournalException {
    AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    Machine machine =
        new Machine(InstantSource.fixed(NOW), new FileBarrier(), _ -> free.get(), UNEXPECTED);
    Journal journal = Journal.open(folder, SETTINGS, "test", machine);
    free.set(0);
    CompletableFuture<JournalEntry> waiting = journal.append(seed(1, "a"));
    assertThatThrownBy(journal::close)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("bytes free");
    assertThatThrownBy(waiting::join).hasMessageContaining("bytes free");
    assertThatThrownBy(() ->
            Journal.open(
                folder,
                new JournalSettings(64, Duration.ZERO, 64, Duration.ZERO, 1),
                "test",
                machine))
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.NO_SPACE));
  }

  @Test
  void refusesMoreAppendsThanItsBound() throws JournalException {
    GatedBarrier barrier = new GatedBarrier(1);
    JournalSettings settings =
        new JournalSettings(4, Duration.ofMillis(50), 10, Duration.ofDays(1), 0);
    try (Journal journal = Journal.open(folder, settings, "test", machine(barrier, UNEXPECTED))) {
      // Else the first of them could pass the gate with the fact that opens the incarnation.
      awaitWriterAtRest();
      List<CompletableFuture<JournalEntry>> taken = new ArrayList<>();
      try {
        for (int i = 1; i <= 10; i++) {
          taken.add(journal.append(seed(i, "a")));
        }
        assertThatThrownBy(() -> journal.append(seed(11, "one more")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("10 appends wait");
      } finally {
        barrier.gate.release(100);
      }
      taken.forEach(CompletableFuture::join);
    }
    assertThat(readAll(folder)).hasSize(11);
  }

  /// Waits until the writer of the folder waits for something to write.
  private void awaitWriterAtRest() {
    Thread writer =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("alicorn-journal-" + folder))
            .findFirst()
            .orElseThrow();
    while (writer.getState() != Thread.State.WAITING
        && writer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
