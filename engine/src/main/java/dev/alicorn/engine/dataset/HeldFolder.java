package dev.alicorn.engine.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A hidden folder `.NAME.KIND-…` beside a dataset in the making, gone with [#close()].
///
/// One file in it is held under an OS lock, which ends with the process: a folder whose file can be
/// locked was left by a process that was killed, and is removed by the next that works beside the
/// same dataset.
public final class HeldFolder implements Closeable {
  /// Folders of this process. POSIX drops a process's lock on a file when any of its descriptors is
  /// closed, so these must not even be opened to look.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel held;
  private boolean ours = true;

  private HeldFolder(Path path, FileChannel held) {
    this.path = path;
    this.held = held;
  }

  /// Makes a folder, and those above it.
  ///
  /// @param target the dataset's place, where nothing is yet
  /// @param file the one that is held, empty
  /// @throws DatasetException where something is at the target
  public static HeldFolder beside(Path target, String kind, String file)
      throws DatasetException, IOException {
    Path absolute = target.toAbsolutePath().normalize();
    requireFree(absolute);
    Path parent = absolute.resolveSibling("");
    Files.createDirectories(parent);
    String prefix = "." + absolute.getFileName() + "." + kind + "-";
    removeLeftBehind(parent, prefix, file);
    Path path = parent.resolve(prefix + UUID.randomUUID());
    OURS.add(path);
    try {
      Files.createDirectory(path);
      FileChannel held =
          FileChannel.open(
              path.resolve(file), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      if (held.tryLock() == null) {
        throw new IOException("another process holds the new folder " + path);
      }
      return new HeldFolder(path, held);
    } catch (IOException e) {
      OURS.remove(path);
      throw e;
    }
  }

  static void requireFree(Path target) throws DatasetException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new DatasetException(
          target + " is there already; remove it or choose another folder for the dataset");
    }
  }

  public Path path() {
    return path;
  }

  /// The file that is held, for writing; the lock goes when it is closed.
  FileChannel file() {
    return held;
  }

  /// Lets go of the folder, which has been renamed and stays.
  void release() throws IOException {
    ours = false;
    OURS.remove(path);
    held.close();
  }

  @Override
  public void close() throws IOException {
    if (ours) {
      try {
        remove(path);
      } finally {
        release();
      }
    }
  }

  /// Removes a folder with all that is in it.
  public static void remove(Path folder) throws IOException {
    List<Path> bottomUp;
    try (Stream<Path> tree = Files.walk(folder)) {
      bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : bottomUp) {
      Files.delete(path);
    }
  }

  private static void removeLeftBehind(Path parent, String prefix, String file) throws IOException {
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            parent, sibling -> sibling.getFileName().toString().startsWith(prefix))) {
      for (Path sibling : siblings) {
        if (!OURS.contains(sibling) && isLeftBehind(sibling.resolve(file))) {
          remove(sibling);
        }
      }
    }
  }

  private static boolean isLeftBehind(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }
}
