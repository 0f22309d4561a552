package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A barrier by `fdatasync` on a handle of its own.
///
/// A store through a shared mapping dirties the page in the file's page cache, the first one since
/// the page was last clean by a write fault. `fdatasync` writes back all dirty pages of the file,
/// whoever dirtied them, waits for them, and writes the metadata that is needed to find them again:
/// the length and the blocks of a file that grew.
///
/// Chronicle's `metadata.cq4t` needs no barrier: nothing is read from it.
final class FileBarrier implements Barrier {
  private static final int HANDLES_MAX = 2;

  private final Map<Path, FileChannel> handles = new HashMap<>();

  @Override
  public void forceFile(Path file) throws IOException {
    FileChannel handle = handles.get(file);
    if (handle == null) {
      if (handles.size() == HANDLES_MAX) {
        close();
      }
      handle = FileChannel.open(file, StandardOpenOption.WRITE);
      handles.put(file, handle);
    }
    handle.force(false);
  }

  @Override
  public void forceNames(Path folder) throws IOException {
    for (Path file : List.copyOf(handles.keySet())) {
      if (folder.equals(file.getParent())) {
        close(file);
      }
    }
    forceFolder(folder);
  }

  @Override
  public void close() throws IOException {
    for (Path file : List.copyOf(handles.keySet())) {
      close(file);
    }
  }

  private void close(Path file) throws IOException {
    FileChannel handle = handles.remove(file);
    if (handle != null) {
      handle.close();
    }
  }

  static void forceFolder(Path folder) throws IOException {
    try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
      handle.force(true);
    }
  }
}
