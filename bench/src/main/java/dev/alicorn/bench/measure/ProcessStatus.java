package dev.alicorn.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux says of a process in `/proc/PID/status`.
public record ProcessStatus(long residentBytes, int threads) {

  /// Asks for it now.
  ///
  /// @throws IOException where there is no such process
  public static ProcessStatus of(long pid) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
    return new ProcessStatus(
        number(lines, "VmRSS:") * 1024, Math.toIntExact(number(lines, "Threads:")));
  }

  private static long number(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
