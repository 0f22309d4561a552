package dev.alicorn.engine.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The space on a job's disk that no new work may take, so that what is in flight always finds
/// room.
///
/// Once it is touched, work goes on only when an eighth more is free again.
///
/// @param bytes no new work is begun with less than this free
/// @param free tells how much there is
public record DiskReserve(long bytes, FreeSpace free) {
  private static final int MIB_BITS = 20;

  /// The free space of the disk that a folder lies on.
  public interface FreeSpace {
    long freeBytes(Path folder) throws IOException;
  }

  /// A reserve on the machine's own disks.
  public static DiskReserve of(long bytes) {
    return new DiskReserve(bytes, folder -> Files.getFileStore(folder).getUsableSpace());
  }

  /// What is short, as a sentence; empty while there is enough.
  ///
  /// @param touched whether it was short the last time
  public Optional<String> shortage(Path folder, boolean touched) throws IOException {
    long found = free.freeBytes(folder);
    long wanted = touched ? bytes + bytes / 8 : bytes;
    return found >= wanted
        ? Optional.empty()
        : Optional.of(
            "the disk of "
                + folder
                + " has "
                + (found >> MIB_BITS)
                + " MiB free, below the "
                + (wanted >> MIB_BITS)
                + " MiB that journal.reserve asks for; free some space");
  }
}
