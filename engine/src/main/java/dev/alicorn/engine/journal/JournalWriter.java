package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one thread that writes an incarnation.
///
/// Group commit: it writes what waits, up to the bounds of one barrier, then makes the barrier,
/// then hands the batch to the acknowledger. What comes meanwhile waits for the next round, so a
/// barrier begins as soon as the last one has ended and a record waits.
///
/// After a failed barrier the kernel may have dropped the pages that it could not write and may
/// report success the next time: it is not tried again, the process ends. The same goes for an
/// error of the virtual machine here, which is how a store into a mapped page without a disk block
/// shows.
final class JournalWriter implements Runnable {
  private static final long SPACE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Room for what Chronicle writes beside the records: the head of a new file and an index page.
  private static final long OVERHEAD_BYTES = 256 << 10;

  private final JournalFolder journal;
  private final Path folder;
  private final int incarnation;
  private final long previousSeq;
  private final int previousCrc;
  private final JournalSettings settings;
  private final Machine machine;
  private final AppendQueue appends;
  private final Acknowledger acknowledger;

  private final List<Append> batch = new ArrayList<>();
  private final Set<Path> touched = new LinkedHashSet<>();
  private final long markerNanos;
  private long markedSeq;
  private long markedNanos;
  private long cycle = -1;
  private @Nullable Path forced;
  private volatile boolean waitsForSpace;

  JournalWriter(
      JournalFolder journal,
      int incarnation,
      long previousSeq,
      int previousCrc,
      JournalSettings settings,
      Machine machine,
      AppendQueue appends,
      Acknowledger acknowledger) {
    this.journal = journal;
    this.folder = journal.incarnation(incarnation);
    this.incarnation = incarnation;
    this.previousSeq = previousSeq;
    this.previousCrc = previousCrc;
    this.settings = settings;
    this.machine = machine;
    this.appends = appends;
    this.acknowledger = acknowledger;
    this.markerNanos = settings.markerInterval().toNanos();
    this.markedNanos = System.nanoTime() - markerNanos;
    // What this incarnation found is not its own to mark.
    this.markedSeq = previousSeq;
  }

  boolean waitsForSpace() {
    return waitsForSpace;
  }

  @Override
  public void run() {
    Throwable failure = null;
    try {
      write();
    } catch (VirtualMachineError e) {
      failure = halted("the journal's writer met an error of the virtual machine", e);
    } catch (JournalException | IOException | InterruptedException | RuntimeException e) {
      failure = e;
    } finally {
      List<Append> left = new ArrayList<>(batch);
      left.addAll(appends.abandon());
      acknowledger.end(left, failure);
    }
  }

  private void write() throws JournalException, IOException, InterruptedException {
    try (QueueAppender queue =
            new QueueAppender(folder, incarnation, previousSeq, previousCrc, machine.clock());
        Barrier barrier = machine.barrier()) {
      while (!appends.isFinished()) {
        appends.take(batch, settings.barrierRecords(), nanosToMarker());
        if (!batch.isEmpty()) {
          commit(queue, barrier);
        }
        if (nanosToMarker() <= 0) {
          mark(queue, barrier, false);
        }
      }
      mark(queue, barrier, true);
    }
  }

  private void commit(QueueAppender queue, Barrier barrier)
      throws JournalException, IOException, InterruptedException {
    try {
      writeBatch(queue);
    } catch (VirtualMachineError e) {
      // Before the queue is closed, which would write once more.
      throw halted("the journal's writer met an error of the virtual machine", e);
    }
    try {
      force(queue, barrier);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      throw halted("the disk refused a barrier of the journal", e);
    }
    acknowledger.acknowledge(new ArrayList<>(batch), queue.seq());
    batch.clear();
  }

  private Halted halted(String reason, Throwable cause) {
    machine.halt().halt(reason, cause);
    return new Halted(reason, cause);
  }

  private void writeBatch(QueueAppender queue)
      throws IOException, InterruptedException, JournalException {
    long deadline = System.nanoTime() + settings.barrierInterval().toNanos();
    long durableSeq = acknowledger.durableSeq();
    int written = 0;
    while (true) {
      awaitSpace(written);
      for (; written < batch.size(); written++) {
        Append append = batch.get(written);
        Position position = queue.append(append.typeCode, append.payload, durableSeq);
        append.entry = new JournalEntry(queue.seq(), position, append.event);
        if (queue.cycle() != cycle) {
          // A roll writes the end of the old file, too.
          if (cycle >= 0) {
            touched.add(CycleFiles.file(folder, cycle));
          }
          cycle = queue.cycle();
        }
      }
      if (batch.size() >= settings.barrierRecords() || System.nanoTime() - deadline >= 0) {
        return;
      }
      appends.poll(batch, settings.barrierRecords());
      if (written == batch.size()) {
        return;
      }
    }
  }

  private void awaitSpace(int from) throws IOException, InterruptedException, JournalException {
    long needed = settings.spaceBytesMin() + OVERHEAD_BYTES;
    for (int i = from; i < batch.size(); i++) {
      needed += batch.get(i).payload.length;
    }
    while (machine.space().freeBytes(folder) < needed) {
      Optional<Ballast> ballast = settings.ballast();
      if (ballast.isPresent() && ballast.get().giveUp()) {
        continue;
      }
      waitsForSpace = true;
      appends.awaitClosed(SPACE_WAIT_NANOS);
      if (appends.isClosed()) {
        throw JournalException.of(
            JournalException.Kind.NO_SPACE,
            "the disk has less than " + needed + " bytes free and the journal is being closed",
            folder,
            "free some space and start the job again");
      }
    }
    waitsForSpace = false;
  }

  private void force(QueueAppender queue, Barrier barrier) throws IOException {
    Path file = queue.file();
    touched.add(file);
    for (Path path : touched) {
      barrier.forceFile(path);
    }
    if (!file.equals(forced)) {
      barrier.forceNames(folder);
    }
    touched.clear();
    forced = file;
  }

  private long nanosToMarker() {
    return acknowledger.durableSeq() == markedSeq
        ? Long.MAX_VALUE
        : markerNanos - (System.nanoTime() - markedNanos);
  }

  /// Brings the marker up to date. It may lag: one that cannot be written now is written later.
  private void mark(QueueAppender queue, Barrier barrier, boolean last) throws IOException {
    if (acknowledger.durableSeq() == markedSeq) {
      return;
    }
    try {
      new DurableMarker(incarnation, queue.seq(), queue.crc()).write(journal, barrier);
      markedSeq = queue.seq();
    } catch (IOException e) {
      if (last) {
        throw e;
      }
    }
    markedNanos = System.nanoTime();
  }

  /// That the process was to end.
  private static final class Halted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Halted(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
