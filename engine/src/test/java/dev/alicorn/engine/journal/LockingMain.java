package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;

/// A process that holds a data folder's lock until it is killed.
final class LockingMain {
  private LockingMain() {}

  public static void main(String[] arguments) throws JournalException, IOException {
    try (DataFolderLock _ = DataFolderLock.acquire(Path.of(arguments[0]))) {
      System.out.println("locked");
      // Standard input stays open for as long as the parent wants the lock held.
      int end = System.in.read();
      System.out.println("released " + end);
    }
  }
}
