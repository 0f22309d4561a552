package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The free space of the disks that folders lie on, asked of the kernel each time.
///
/// The disk of a folder is looked up once: that reads the table of mounts, which costs more than a
/// barrier.
final class DiskSpace {
  private final Map<Path, FileStore> disks = new ConcurrentHashMap<>();

  long freeBytes(Path folder) throws IOException {
    FileStore disk = disks.get(folder);
    if (disk == null) {
      disk = Files.getFileStore(folder);
      disks.put(folder, disk);
    }
    return disk.getUsableSpace();
  }
}
