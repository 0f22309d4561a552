package dev.alicorn.gateway.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether the heap and what lies beside it fit into memory.
///
/// @param totalBytes of the machine
/// @param freeBytes of the machine, counting what the kernel can take back
/// @param limitBytes of the container; empty where there is none
/// @param heapBytesMax what the JVM lets the heap grow to
record MemoryCheck(long totalBytes, long freeBytes, OptionalLong limitBytes, long heapBytesMax)
    implements Check {
  /// An encoder, the local language model's process, the JVM itself and mapped journals.
  private static final long BESIDE_HEAP_BYTES = 1 << 30;

  /// What `-Xmx512m` comes to with any garbage collector.
  private static final long HEAP_BYTES_MIN = 480L << 20;

  static MemoryCheck here(ControlGroups groups) {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    String meminfo;
    try {
      meminfo = Files.readString(Path.of("/proc/meminfo"));
    } catch (IOException _) {
      meminfo = "";
    }
    return new MemoryCheck(
        bytes(meminfo, "MemTotal").orElse(machine.getTotalMemorySize()),
        bytes(meminfo, "MemAvailable").orElse(machine.getFreeMemorySize()),
        groups.memoryBytes(),
        Runtime.getRuntime().maxMemory());
  }

  /// A figure of `/proc/meminfo`.
  static OptionalLong bytes(String meminfo, String key) {
    Matcher line =
        Pattern.compile("^" + key + ": +([0-9]{1,15}) kB$", Pattern.MULTILINE).matcher(meminfo);
    return line.find()
        ? OptionalLong.of(Long.parseLong(line.group(1)) << 10)
        : OptionalLong.empty();
  }

  @Override
  public String subject() {
    return "memory";
  }

  @Override
  public Diagnosis look() {
    long boundBytes = Math.min(totalBytes, limitBytes.orElse(totalBytes));
    String sentence =
        Figures.bytes(totalBytes)
            + ", "
            + Figures.bytes(freeBytes)
            + " of it free"
            + (boundBytes < totalBytes
                ? ", a limit of " + Figures.bytes(boundBytes) + " for this container"
                : "")
            + ", a heap of "
            + Figures.bytes(heapBytesMax)
            + " at most";
    if (heapBytesMax < HEAP_BYTES_MIN) {
      return Diagnosis.warn(
          sentence
              + "; for a million rows it has to be larger: ALICORN_JAVA_OPTS=-Xmx512m, on a machine that has as much");
    }
    if (heapBytesMax + BESIDE_HEAP_BYTES > boundBytes) {
      return Diagnosis.warn(
          sentence
              + "; with the "
              + Figures.bytes(BESIDE_HEAP_BYTES)
              + " that is needed beside it the kernel may end the process: set a smaller one, ALICORN_JAVA_OPTS=-Xmx512m for example");
    }
    return freeBytes < BESIDE_HEAP_BYTES
        ? Diagnosis.warn(
            sentence + "; other programs hold nearly all of it: end some, or jobs will be slow")
        : Diagnosis.ok(sentence);
  }
}
