package dev.alicorn.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a bench ran on.
public record Machine(
    String processor, int cores, long memoryBytes, String operatingSystem, String jdk) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /// The machine that this runs on.
  public static Machine here() throws IOException {
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version());
  }

  String sentence() {
    return "%s, %d cores, %d GiB memory, %s, JDK %s"
        .formatted(processor, cores, Math.round(memoryBytes / 0x1p30), operatingSystem, jdk);
  }

  private static String processorModel() throws IOException {
    if (Files.isReadable(PROCESSORS)) {
      try (Stream<String> lines = Files.lines(PROCESSORS)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      }
    }
    return System.getProperty("os.arch");
  }
}
