package dev.alicorn.gateway.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Whether the processor has what the encoder and the local language model are fast by.
///
/// @param cores that the JVM counts
/// @param quota processor time in a second that the process may take, as cores
record CpuCheck(Processor processor, int cores, OptionalDouble quota) implements Check {

  static CpuCheck here(ControlGroups groups) {
    return new CpuCheck(
        Processor.here(), Runtime.getRuntime().availableProcessors(), groups.cores());
  }

  @Override
  public String subject() {
    return "cpu";
  }

  @Override
  public Diagnosis look() {
    List<String> found = new ArrayList<>();
    found.add(processor.name());
    found.add(cores == 1 ? "1 core" : cores + " cores");
    boolean avx2 = processor.features().contains("avx2");
    if (!processor.features().isEmpty()) {
      found.add(avx2 ? "AVX2" : "no AVX2");
      found.add(processor.features().contains("avx512f") ? "AVX-512" : "no AVX-512");
    }
    quota.ifPresent(limit -> found.add(String.format(Locale.ROOT, "a quota of %.2f cores", limit)));
    String sentence = String.join(", ", found);
    if (quota.isPresent() && quota.getAsDouble() < 1) {
      return Diagnosis.warn(
          sentence + "; the process is stopped again and again, so give its container a core");
    }
    return processor.features().isEmpty() || avx2
        ? Diagnosis.ok(sentence)
        : Diagnosis.warn(
            sentence
                + "; encoding and the local language model are several times as fast on a machine, or in a virtual machine, with AVX2");
  }
}
