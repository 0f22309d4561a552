package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CpuCheckTest {
  /// As the kernel writes it, shortened.
  private static final String EPYC =
      """
      processor\t: 0
      vendor_id\t: AuthenticAMD
      model\t\t: 17
      model name\t: AMD EPYC 9B14
      flags\t\t: fpu vme de sse4_2 avx f16c avx2 avx512f avx512_vnni
      bugs\t\t: sysret_ss_attrs
      vmx flags\t: vnmi

      processor\t: 1
      model name\t: AMD EPYC 9B14
      flags\t\t: fpu
      """;

  private static final String ARM =
      """
      processor\t: 0
      BogoMIPS\t: 50.00
      Features\t: fp asimd evtstrm aes
      CPU part\t: 0xd0c
      """;

  @Test
  void saysWhatTheProcessorIsAndCan() {
    assertThat(new CpuCheck(Processor.of(EPYC, "amd64"), 2, OptionalDouble.empty()).look())
        .isEqualTo(Diagnosis.ok("AMD EPYC 9B14, 2 cores, AVX2, AVX-512"));
    assertThat(
            new CpuCheck(
                    Processor.of(EPYC.replace(" avx512f", ""), "amd64"), 1, OptionalDouble.of(1.5))
                .look())
        .isEqualTo(Diagnosis.ok("AMD EPYC 9B14, 1 core, AVX2, no AVX-512, a quota of 1.50 cores"));
  }

  @Test
  void anotherArchitectureIsNotAskedForInstructionsOfX86() {
    assertThat(new CpuCheck(Processor.of(ARM, "aarch64"), 4, OptionalDouble.empty()).look())
        .isEqualTo(Diagnosis.ok("aarch64, 4 cores"));
  }

  @Test
  void warnsWithoutAvx2() {
    Processor old = Processor.of(EPYC.replace(" avx2 avx512f", ""), "amd64");

    Diagnosis diagnosis = new CpuCheck(old, 2, OptionalDouble.empty()).look();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.WARN);
    assertThat(diagnosis.sentence()).contains("no AVX2, no AVX-512; ");
  }

  @Test
  void warnsOfLessThanACore() {
    Diagnosis diagnosis =
        new CpuCheck(Processor.of(EPYC, "amd64"), 1, OptionalDouble.of(0.5)).look();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.WARN);
    assertThat(diagnosis.sentence()).contains("a quota of 0.50 cores; ", "give its container");
  }
}
