package dev.alicorn.engine.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The hidden sibling `.NAME.partial-…` that a dataset is written in until it is complete.
///
/// Its `manifest.json` is made first, empty, and held under an OS lock, which ends with the
/// process: a folder whose manifest can be locked was left by a run that was killed, and is
/// removed.
final class PartialFolder implements Closeable {
  /// Folders of this process. POSIX drops a process's lock on a file when any of its descriptors is
  /// closed, so these must not even be opened to look.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path path;
  private final FileChannel manifest;

  private PartialFolder(Path target, Path path, FileChannel manifest) {
    this.target = target;
    this.path = path;
    this.manifest = manifest;
  }

  static PartialFolder create(Path requested) throws DatasetException, IOException {
    Path target = requested.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw taken(target);
    }
    requireFree(target);
    Files.createDirectories(parent);
    String prefix = "." + target.getFileName() + ".partial-";
    removeLeftBehind(parent, prefix);
    Path path = parent.resolve(prefix + UUID.randomUUID());
    OURS.add(path);
    try {
      Files.createDirectory(path);
      FileChannel manifest =
          FileChannel.open(
              path.resolve(Manifest.FILE), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      if (manifest.tryLock() == null) {
        throw new IOException("another process holds the new folder " + path);
      }
      return new PartialFolder(target, path, manifest);
    } catch (IOException e) {
      OURS.remove(path);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /// Writes the manifest, syncs what is not synced yet and renames the folder to the target.
  void complete(byte[] manifestText) throws DatasetException, IOException {
    ByteBuffer rest = ByteBuffer.wrap(manifestText);
    while (rest.hasRemaining()) {
      manifest.write(rest);
    }
    manifest.force(true);
    for (Path folder : foldersBottomUp()) {
      sync(folder);
    }
    requireFree(target);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    manifest.close();
    OURS.remove(path);
    Path parent = target.getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  @Override
  public void close() throws IOException {
    if (manifest.isOpen()) {
      delete(path);
      manifest.close();
      OURS.remove(path);
    }
  }

  private List<Path> foldersBottomUp() throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      return tree.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void requireFree(Path target) throws DatasetException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(target);
    }
  }

  private static DatasetException taken(Path target) {
    return new DatasetException(
        target + " is there already; remove it or choose another folder for the dataset");
  }

  private static void removeLeftBehind(Path parent, String prefix) throws IOException {
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            parent, sibling -> sibling.getFileName().toString().startsWith(prefix))) {
      for (Path sibling : siblings) {
        if (!OURS.contains(sibling) && isLeftBehind(sibling)) {
          delete(sibling);
        }
      }
    }
  }

  private static boolean isLeftBehind(Path folder) throws IOException {
    Path file = folder.resolve(Manifest.FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> bottomUp;
    try (Stream<Path> tree = Files.walk(folder)) {
      bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : bottomUp) {
      Files.delete(path);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
