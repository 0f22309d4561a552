package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
  private static final long GB = 1_000_000_000;

  @Test
  void readsTheKernelsFigures() {
    String meminfo =
        "MemTotal:       24689964 kB\nMemFree:         1234567 kB\nMemAvailable:   23962380 kB\n";

    assertThat(MemoryCheck.bytes(meminfo, "MemTotal")).hasValue(24_689_964L * 1_024);
    assertThat(MemoryCheck.bytes(meminfo, "MemAvailable")).hasValue(23_962_380L * 1_024);
    assertThat(MemoryCheck.bytes(meminfo, "SwapTotal")).isEmpty();
  }

  @Test
  void saysWhatThereIs() {
    assertThat(new MemoryCheck(16 * GB, 9 * GB, OptionalLong.empty(), 4 * GB).look())
        .isEqualTo(Diagnosis.ok("16.0 GB, 9.0 GB of it free, a heap of 4.0 GB at most"));
    assertThat(new MemoryCheck(16 * GB, 9 * GB, OptionalLong.of(8 * GB), 4 * GB).look())
        .isEqualTo(
            Diagnosis.ok(
                "16.0 GB, 9.0 GB of it free, a limit of 8.0 GB for this container, a heap of 4.0 GB at most"));
  }

  @Test
  void aLimitBeyondTheMachineIsNone() {
    assertThat(new MemoryCheck(16 * GB, 9 * GB, OptionalLong.of(99 * GB), 4 * GB).look())
        .isEqualTo(Diagnosis.ok("16.0 GB, 9.0 GB of it free, a heap of 4.0 GB at most"));
  }

  @Test
  void warnsOfAHeapThatDoesNotFit() {
    assertThat(new MemoryCheck(16 * GB, 9 * GB, OptionalLong.of(4 * GB), 4 * GB).look())
        .returns(Verdict.WARN, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains("the kernel may end the process", "-Xmx");
  }

  @Test
  void warnsOfASmallHeap() {
    assertThat(new MemoryCheck(16 * GB, 9 * GB, OptionalLong.empty(), GB / 4).look())
        .returns(Verdict.WARN, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains("250 MB at most; for a million rows");
  }

  @Test
  void warnsOfAFullMachine() {
    assertThat(new MemoryCheck(16 * GB, GB / 2, OptionalLong.empty(), 4 * GB).look())
        .returns(Verdict.WARN, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains("500 MB of it free", "other programs");
  }
}
