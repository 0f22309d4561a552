package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.job.DiskReserve;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckIT {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  @TempDir private Path folder = Path.of("");

  @Test
  void measuresAndLeavesNothing() throws Exception {
    Diagnosis diagnosis = check(new DiskReserve(0, _ -> Long.MAX_VALUE)).look();

    assertThat(diagnosis.verdict()).isIn(Verdict.OK, Verdict.WARN);
    assertThat(diagnosis.sentence())
        .matches("takes [0-9.]+ [MG]B a second, and [0-9.]+ m?s for a sync.*");
    assertNothingIsLeft();
  }

  @Test
  void whatItWritesIsBounded() throws IOException {
    Path file = folder.resolve("file");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      DiskSpeed speed = DiskSpeed.of(channel);

      assertThat(speed.writtenBytesPerSecond()).isPositive();
      assertThat(speed.syncMedian()).isPositive();
    }
    assertThat(file).hasSize(DiskSpeed.BYTES + 20 * 4_096);
  }

  @Test
  void theReserveIsNotTouched() throws Exception {
    assertThat(check(new DiskReserve(1L << 30, _ -> (1L << 30) + 1_000)).look())
        .isEqualTo(Diagnosis.none("not measured, since too little of it is free"));
    assertNothingIsLeft();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNotMeasured() throws Exception {
    assertThat(
            new DiskCheck(new DataFolder(Path.of("/proc/x")), DiskReserve.of(0), INTERVAL)
                .look()
                .sentence())
        .startsWith("not measured, since the data folder cannot be written (");
  }

  @Test
  void syncsSlowerThanBarriersAndSlowWritesAreWarnedOf() {
    DiskCheck check = check(DiskReserve.of(0));

    assertThat(check.judge(new DiskSpeed(200e6, Duration.ofMillis(2))))
        .isEqualTo(Diagnosis.ok("takes 200 MB a second, and 2.00 ms for a sync"));
    assertThat(check.judge(new DiskSpeed(200e6, Duration.ofMillis(80))))
        .returns(Verdict.WARN, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains("80.0 ms for a sync, longer than the 50.0 ms of journal.barrier_interval");
    assertThat(check.judge(new DiskSpeed(5e6, Duration.ofMillis(2))))
        .returns(Verdict.WARN, Diagnosis::verdict);
  }

  private DiskCheck check(DiskReserve reserve) {
    return new DiskCheck(new DataFolder(folder), reserve, INTERVAL);
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
