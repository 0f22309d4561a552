package dev.alicorn.engine.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The hidden sibling that a dataset is written in until it is complete. Its `manifest.json` is
/// made first, empty, and is the file that is held.
final class PartialFolder implements Closeable {
  private final Path target;
  private final HeldFolder folder;

  private PartialFolder(Path target, HeldFolder folder) {
    this.target = target;
    this.folder = folder;
  }

  static PartialFolder create(Path target) throws DatasetException, IOException {
    return new PartialFolder(
        target.toAbsolutePath().normalize(), HeldFolder.beside(target, "partial", Manifest.FILE));
  }

  Path path() {
    return folder.path();
  }

  /// Writes the manifest, syncs what is not synced yet and renames the folder to the target.
  void complete(byte[] manifestText) throws DatasetException, IOException {
    ByteBuffer rest = ByteBuffer.wrap(manifestText);
    while (rest.hasRemaining()) {
      folder.file().write(rest);
    }
    folder.file().force(true);
    for (Path inner : foldersBottomUp()) {
      sync(inner);
    }
    HeldFolder.requireFree(target);
    Files.move(path(), target, StandardCopyOption.ATOMIC_MOVE);
    folder.release();
    syncNamesAboveUninterrupted(target);
  }

  /// The dataset is there: an interrupt comes too late, and must not close what syncs its name.
  private static void syncNamesAboveUninterrupted(Path target) throws IOException {
    boolean interrupted = false;
    boolean synced = false;
    while (!synced) {
      interrupted |= Thread.interrupted();
      try {
        syncNamesAbove(target);
        synced = true;
      } catch (ClosedByInterruptException _) {
        // Again, with the interrupt kept for later.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Removes the folder, unless it is complete.
  @Override
  public void close() throws IOException {
    folder.close();
  }

  private List<Path> foldersBottomUp() throws IOException {
    try (Stream<Path> tree = Files.walk(path())) {
      return tree.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
  }

  /// Makes the target's name durable, and those of the folders above, which may have been made for
  /// it.
  private static void syncNamesAbove(Path target) throws IOException {
    Path parent = target.getParent();
    while (parent != null && Files.isWritable(parent)) {
      sync(parent);
      parent = parent.getParent();
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
