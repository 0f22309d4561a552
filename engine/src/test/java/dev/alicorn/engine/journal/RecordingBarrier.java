package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;

/// The real barrier, which tells a simulated disk what it made durable.
final class RecordingBarrier implements Barrier {
  private final FileBarrier real = new FileBarrier();
  private final SimulatedDisk disk;
  private final Watch watch;
  private int barriers;

  /// Who watches the barriers go by.
  interface Watch {
    /// Something may have been written, or made durable.
    void moment();

    /// A file is about to be forced.
    void forcing(Path file);

    /// Whether a barrier is only said to have been made, by its number.
    boolean isLie(int barrier);
  }

  RecordingBarrier(SimulatedDisk disk, Watch watch) {
    this.disk = disk;
    this.watch = watch;
  }

  /// How many barriers there were.
  int barriers() {
    return barriers;
  }

  @Override
  public void forceFile(Path file) throws IOException {
    watch.forcing(file);
    disk.observe();
    watch.moment();
    real.forceFile(file);
    if (!watch.isLie(barriers++)) {
      disk.force(file);
    }
    watch.moment();
  }

  @Override
  public void forceNames(Path folder) throws IOException {
    disk.observe();
    watch.moment();
    real.forceNames(folder);
    if (!watch.isLie(barriers++)) {
      disk.forceNames(folder);
    }
    watch.moment();
  }

  @Override
  public void close() throws IOException {
    real.close();
  }
}
