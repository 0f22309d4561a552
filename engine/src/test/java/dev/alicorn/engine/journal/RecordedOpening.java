package dev.alicorn.engine.journal;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One opening of a journal on a simulated disk: appends batches of chance, one during the barrier
/// of the other, so that the seed alone decides what shares a barrier, and keeps images of power
/// cuts at moments of chance.
final class RecordedOpening implements RecordingBarrier.Watch {
  private static final int FACTS_MAX = 120;
  private static final int BATCH_MAX = 25;
  private static final List<Cut> CUTS = List.of(Cut.values());
  private static final int MOMENTS_AN_IMAGE = 6;
  private static final int MOMENTS_A_KILL = 60;
  private static final int BARRIERS_BEFORE_LIES_MAX = 30;

  private final Path folder;
  private final SimulatedDisk disk;
  private final Random cutRandom;
  private final long owedBefore;
  private final boolean lastingLie;
  private final int firstLie;
  private final Iterator<List<JournalEvent>> batches;
  private final Random hours;
  private final JournalSettings settings;
  private final List<CutOff> cuts = new ArrayList<>();
  private final List<JournalEvent> appended = new ArrayList<>();
  private final List<CompletableFuture<JournalEntry>> promises = new ArrayList<>();

  private final CountDownLatch opened = new CountDownLatch(1);

  private volatile @Nullable Journal journal;
  private @Nullable Killed killed;
  private boolean lied;
  private boolean begun;

  /// What a power cut left.
  ///
  /// @param owed how many facts had been acknowledged
  /// @param lied whether a barrier had lied
  record CutOff(Cut cut, DiskImage image, long owed, boolean lied) {}

  /// What a killed process left: all that it wrote, some of it not on the disk.
  record Killed(SimulatedDisk disk, long owed) {}

  RecordedOpening(Path folder, SimulatedDisk disk, long seed, long owedBefore, boolean lies) {
    Random random = new Random(seed);
    this.folder = folder;
    this.disk = disk;
    this.cutRandom = new Random(random.nextLong());
    this.hours = new Random(random.nextLong());
    this.owedBefore = owedBefore;
    this.lastingLie = random.nextBoolean();
    this.firstLie = lies ? random.nextInt(BARRIERS_BEFORE_LIES_MAX) : Integer.MAX_VALUE;
    this.batches = batches(random).iterator();
    Duration marker = random.nextBoolean() ? Duration.ZERO : Duration.ofDays(1);
    this.settings = new JournalSettings(64, Duration.ofMinutes(1), 65_536, marker, 0);
  }

  private static List<List<JournalEvent>> batches(Random random) {
    List<JournalEvent> events =
        TestJournals.events(random.nextLong(), random.nextInt(FACTS_MAX) + 1);
    List<List<JournalEvent>> batches = new ArrayList<>();
    int at = 0;
    while (at < events.size()) {
      int to = Math.min(events.size(), at + 1 + random.nextInt(BATCH_MAX));
      batches.add(events.subList(at, to));
      at = to;
    }
    return batches;
  }

  /// Opens, appends all, closes.
  ///
  /// @param before the facts that were appended before, of which some may be lost
  /// @return the facts that the journal holds at the end
  List<JournalEvent> run(List<JournalEvent> before) throws JournalException, IOException {
    RecordingBarrier barrier = new RecordingBarrier(disk, this);
    Machine machine =
        new Machine(
            new RecordingClock(disk, this, hours),
            barrier,
            _ -> Long.MAX_VALUE,
            (reason, cause) -> {
              throw new AssertionError(reason, cause);
            });
    Path path = folder.resolve(PowerCutHistory.JOURNAL);
    try (Journal open = Journal.open(path, settings, "test", machine)) {
      try {
        found(path, before, TestJournals.events(TestJournals.readAll(open.cursor())));
        journal = open;
        appendBatch();
      } finally {
        opened.countDown();
      }
      awaitAll();
    }
    return appended;
  }

  private void found(Path path, List<JournalEvent> before, List<JournalEvent> found)
      throws JournalException {
    int kept = found.size() - 1;
    if (kept < owedBefore
        || kept > before.size()
        || !found.subList(0, kept).equals(before.subList(0, kept))) {
      throw JournalException.corrupt(
          "the opening found "
              + kept
              + " facts that are not the first of those appended, of which "
              + owedBefore
              + " were acknowledged",
          new Place(path, 0));
    }
    appended.addAll(found);
  }

  /// Waits until everything is acknowledged, also what is appended meanwhile.
  private void awaitAll() {
    int awaited = 0;
    while (true) {
      CompletableFuture<JournalEntry> next;
      synchronized (promises) {
        if (awaited == promises.size()) {
          return;
        }
        next = promises.get(awaited++);
      }
      next.join();
    }
  }

  List<CutOff> cuts() {
    return cuts;
  }

  @Nullable Killed killed() {
    return killed;
  }

  @Override
  public void moment() {
    if (cutRandom.nextInt(MOMENTS_AN_IMAGE) == 0) {
      Cut cut = CUTS.get(cutRandom.nextInt(CUTS.size()));
      cuts.add(new CutOff(cut, disk.image(cut, cutRandom), owed(), lied));
    }
    if (cutRandom.nextInt(MOMENTS_A_KILL) == 0 && !lied) {
      killed = new Killed(disk.frozen(), owed());
    }
  }

  @Override
  public void forcing(Path file) {
    if (file.toString().endsWith(".cq4")) {
      begun |= RecordingClock.isWriter();
      appendBatch();
    } else if (begun) {
      awaitOpened();
    }
  }

  @Override
  public boolean isLie(int barrier) {
    boolean lie = lastingLie ? barrier >= firstLie : barrier == firstLie;
    lied |= lie;
    return lie;
  }

  /// The first marker comes behind the first acknowledgement, while the opening returns.
  private void awaitOpened() {
    try {
      opened.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void appendBatch() {
    Journal open = journal;
    if (open != null && batches.hasNext()) {
      synchronized (promises) {
        for (JournalEvent event : batches.next()) {
          appended.add(event);
          promises.add(open.append(event));
        }
      }
    }
  }

  private long owed() {
    Journal open = journal;
    return open == null ? owedBefore : Math.max(owedBefore, open.durableSeq());
  }
}
