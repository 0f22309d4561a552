package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderLockIT {
  @TempDir private Path folder;

  @Test
  void isHeldOnceInAProcess() throws JournalException, IOException {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Files.createDirectory(folder.resolve("data")));
    try (DataFolderLock _ = DataFolderLock.acquire(folder.resolve("data"))) {
      assertThatThrownBy(() -> DataFolderLock.acquire(link))
          .isInstanceOfSatisfying(
              JournalException.class,
              e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.LOCKED))
          .hasMessageContaining("this process");
    }
    try (DataFolderLock again = DataFolderLock.acquire(link)) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void namesTheProcessThatHoldsItAndIsFreeAfterItsDeath() throws JournalException, IOException {
    try (Child child = Child.start(LockingMain.class, folder.toString())) {
      child.line("locked");
      assertThatThrownBy(() -> DataFolderLock.acquire(folder))
          .isInstanceOf(JournalException.class)
          .hasMessageStartingWith("process " + child.pid() + " works in the data folder: ")
          .hasMessageContaining("alicorn submit");
      child.kill();
    }
    try (DataFolderLock lock = DataFolderLock.acquire(folder)) {
      assertThat(lock).isNotNull();
    }
  }
}
