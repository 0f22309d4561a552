package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// What a live journal asks of the machine.
///
/// @param clock tells incarnations' times and when to begin a new file
/// @param barrier used by the writer thread alone
/// @param space free bytes for a folder
/// @param halt ends the process at once, without shutdown hooks; the writer only goes on behind it
///   where a test's does not
record Machine(InstantSource clock, Barrier barrier, Space space, Halt halt) {
  /// Exit status of a process whose disk took a barrier back: what is needed is not available.
  static final int HALTED = 3;

  /// Free space.
  interface Space {
    long freeBytes(Path folder) throws IOException;
  }

  /// The end of the process.
  interface Halt {
    void halt(String reason, Throwable cause);
  }

  static Machine real() {
    return new Machine(
        InstantSource.system(), new FileBarrier(), new DiskSpace()::freeBytes, Machine::haltNow);
  }

  private static void haltNow(String reason, Throwable cause) {
    try {
      System.err.println("alicorn: " + reason + " (" + cause + "); the process ends here");
    } finally {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
