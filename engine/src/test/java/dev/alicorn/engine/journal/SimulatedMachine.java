package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A machine with a simulated disk on which one job runs until the power fails, at a moment of
/// chance or when it is told to.
///
/// A moment is each append, and each side of each barrier: in between the disk does not change. The
/// process lives on behind the failure, but nothing that it does then counts: the disk is as it was
/// at the failure, and no further append is acknowledged.
public final class SimulatedMachine implements JournalOpener {
  private static final List<Cut> CUTS = List.of(Cut.values());

  private final SimulatedDisk disk;
  private final Path dataset;
  private final JournalSettings settings;
  private final Random random;
  private final long owedBefore;
  private int momentsLeft;
  private volatile @Nullable Journal journal;
  private volatile @Nullable Left left;

  /// What the disk holds when the power has failed.
  ///
  /// @param owed how many facts had been acknowledged
  private record Left(DiskImage image, long owed) {}

  /// That the power has failed.
  private static final class PowerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final class Watch implements RecordingBarrier.Watch {
    @Override
    public void moment() {
      pass();
    }

    @Override
    public void forcing(Path file) {
      requirePower();
    }

    @Override
    public boolean isLie(int barrier) {
      return false;
    }
  }

  /// @param folder the job's, in the folder of which all is durable
  /// @param dataset where its dataset will lie, in the same folder
  /// @param moments at which of them the power fails, the first being 1
  /// @param owed how many facts were acknowledged on the machines before
  public SimulatedMachine(
      Path folder, Path dataset, JournalSettings settings, Random random, int moments, long owed)
      throws IOException {
    this.disk = SimulatedDisk.settled(folder);
    this.dataset = dataset;
    this.settings = settings;
    this.random = random;
    this.momentsLeft = moments;
    this.owedBefore = owed;
  }

  @Override
  public Journal open(Path journalFolder, String software, Optional<Bookmark> known)
      throws JournalException {
    Watch watch = new Watch();
    Journal open =
        Journal.open(
            journalFolder,
            settings,
            software,
            known,
            new Machine(
                new RecordingClock(disk, watch, random),
                new RecordingBarrier(disk, watch),
                _ -> Long.MAX_VALUE,
                this::halt));
    journal = open;
    return open;
  }

  /// The power fails now, between two moments.
  public void fail() throws IOException {
    disk.observe();
    cut();
  }

  public boolean isOn() {
    return left == null;
  }

  /// How many facts had been acknowledged when the power failed, or are now.
  public long owed() {
    Left found = left;
    return found == null ? acknowledged() : found.owed();
  }

  /// Writes what the failure left on the disk into an empty folder.
  public void writeLeft(Path to) throws IOException {
    Left found = left;
    if (found == null) {
      throw new IllegalStateException("the power has not failed");
    }
    found.image().write(to, false);
  }

  private synchronized void pass() {
    requirePower();
    if (--momentsLeft == 0) {
      cut();
      requirePower();
    }
  }

  private synchronized void cut() {
    if (isOn()) {
      if (Files.exists(dataset)) {
        disk.forceTree(dataset);
      }
      Cut cut = CUTS.get(random.nextInt(CUTS.size()));
      left = new Left(disk.image(cut, random), acknowledged());
    }
  }

  private long acknowledged() {
    Journal open = journal;
    return open == null ? owedBefore : Math.max(owedBefore, open.durableSeq());
  }

  private void requirePower() {
    if (!isOn()) {
      throw new PowerFailure();
    }
  }

  private void halt(String reason, Throwable cause) {
    if (!(cause instanceof PowerFailure)) {
      throw new AssertionError(reason, cause);
    }
  }
}
