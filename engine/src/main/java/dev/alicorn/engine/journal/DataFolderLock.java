package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The lock of a data folder: one process at a time writes what is in it.
///
/// The operating system gives it back when its holder dies, however it dies. The lock file holds
/// the holder's process id, for the message to the next one.
public final class DataFolderLock implements AutoCloseable {
  /// Folders that this process holds. Closing any handle to a file gives up all of a process's
  /// locks on it, so a lock file of our own must not be opened again.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolderLock(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /// Takes the lock, or says who has it.
  public static DataFolderLock acquire(Path dataFolder) throws JournalException {
    Path folder;
    try {
      Files.createDirectories(dataFolder);
      folder = dataFolder.toRealPath();
    } catch (IOException e) {
      throw JournalException.io("the data folder cannot be opened", dataFolder, e);
    }
    if (!HELD.add(folder)) {
      throw locked(folder, "this process, " + ProcessHandle.current().pid() + ",");
    }
    boolean acquired = false;
    try {
      DataFolderLock lock = acquireFromOthers(folder);
      acquired = true;
      return lock;
    } catch (IOException e) {
      throw JournalException.io("the data folder cannot be locked", folder, e);
    } finally {
      if (!acquired) {
        HELD.remove(folder);
      }
    }
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException _) {
      // The end of the process gives it back.
    } finally {
      HELD.remove(folder);
    }
  }

  private static DataFolderLock acquireFromOthers(Path folder)
      throws IOException, JournalException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean acquired = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw locked(folder, "process " + holder(channel));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)),
          0);
      acquired = true;
      return new DataFolderLock(folder, channel, lock);
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "(still starting)" : pid;
  }

  private static JournalException locked(Path folder, String holder) {
    return JournalException.of(
        JournalException.Kind.LOCKED,
        holder + " works in the data folder",
        folder,
        "hand it the job with `alicorn submit`, stop it, or name another folder with --data");
  }
}
