package dev.alicorn.engine.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that keeps space taken on the data folder's disk, to be given up when a full disk leaves
/// the journal no room for replies that were paid for.
///
/// Its blocks are allocated and not written (`posix_fallocate`), so that taking them costs no time.
public record Ballast(Path file) {
  /// Twice what the writer wants to find free, so that giving it up lets the writer go on.
  static final long BYTES = 128L << 20;

  private static final int OWNER_ONLY = 0600;

  /// The ballast of a data folder.
  public static Ballast in(Path dataFolder) {
    return new Ballast(dataFolder.resolve("ballast"));
  }

  /// Takes the space, unless it is taken or the disk has not that much to spare.
  ///
  /// @param spareBytes what stays free beside it
  public void take(long spareBytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.exists(file)
        || folder == null
        || Files.getFileStore(folder).getUsableSpace() - BYTES < spareBytes) {
      return;
    }
    int error = allocate(file.toAbsolutePath().toString());
    if (error != 0) {
      // The disk was filled meanwhile, or its file system cannot allocate ahead.
      Files.deleteIfExists(file);
    }
  }

  /// Gives the space up; false where there is none to give.
  boolean giveUp() throws IOException {
    return Files.deleteIfExists(file);
  }

  private static int allocate(String path) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int file =
          (int)
              function(linker, "creat", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                  .invokeExact(arena.allocateFrom(path), OWNER_ONLY);
      if (file < 0) {
        return file;
      }
      int error =
          (int)
              function(
                      linker,
                      "posix_fallocate",
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_LONG)
                  .invokeExact(file, 0L, BYTES);
      int closed = (int) function(linker, "close", ValueLayout.JAVA_INT).invokeExact(file);
      return error != 0 ? error : closed;
    } catch (Throwable e) {
      throw new IllegalStateException("a function of the C library cannot be called", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(Linker linker, String name, MemoryLayout... arguments) {
    SymbolLookup library = linker.defaultLookup();
    MemorySegment address = library.findOrThrow(name);
    return linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }
}
