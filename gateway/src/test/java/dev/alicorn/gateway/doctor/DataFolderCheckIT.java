package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.job.DiskReserve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderCheckIT {
  @TempDir private Path folder = Path.of("");

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void saysWhatFileSystemItIsAndHowMuchIsFree() throws IOException {
    Diagnosis diagnosis = look(folder, new DiskReserve(100_000_000, _ -> 5_000_000_000L));

    assertThat(diagnosis.verdict()).isIn(Verdict.OK, Verdict.WARN);
    assertThat(diagnosis.sentence())
        .startsWith(
            folder
                + ", "
                + Files.getFileStore(folder).type()
                + ", 5.0 GB free, 100 MB of it in reserve");
  }

  @Test
  void aFolderThatIsNotThereIsLookedAtWhereItWillBe() {
    assertThat(look(folder.resolve("a/b"), DiskReserve.of(0)).sentence())
        .startsWith(folder.resolve("a/b") + " (not there yet), ");
  }

  @Test
  void aDiskBelowItsReserveFails() {
    assertThat(look(folder, new DiskReserve(2L << 30, _ -> 1L << 30)))
        .returns(Verdict.FAIL, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains("has 1024 MiB free", "journal.reserve");
  }

  @Test
  void aFileInItsPlaceFails() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));

    assertThat(look(file.resolve("jobs"), DiskReserve.of(0)))
        .isEqualTo(
            Diagnosis.fail(
                file + " is a file, so no folder can be there; name another with --data"));
    Files.delete(file);
  }

  /// The kernel's own file system takes no file from anybody, root among them.
  @Test
  void aFolderThatCannotBeWrittenFails() {
    assertThat(look(Path.of("/proc/alicorn-data"), DiskReserve.of(0)))
        .returns(Verdict.FAIL, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .startsWith("/proc cannot be written (")
        .endsWith("); make it writable, or name another folder with --data");
  }

  @ParameterizedTest
  @CsvSource({
    "ext4, LOCAL",
    "xfs, LOCAL",
    "fuseblk, LOCAL",
    "tmpfs, MEMORY",
    "overlay, CONTAINER",
    "nfs4, NETWORK",
    "fuse.sshfs, NETWORK",
    "9p, NETWORK"
  })
  void fileSystemsAreToldApart(String type, FileSystemKind kind) {
    assertThat(FileSystemKind.of(type)).isEqualTo(kind);
  }

  private static Diagnosis look(Path data, DiskReserve reserve) {
    return new DataFolderCheck(new DataFolder(data), reserve).look();
  }
}
