package dev.alicorn.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the kernel says of the processor.
///
/// @param name the maker's, or the architecture where the kernel does not tell
/// @param features instructions beyond the first ones, by the kernel's names such as `avx2`; empty
///   where it does not list them so, as on other architectures than x86
record Processor(String name, Set<String> features) {

  /// This machine's.
  static Processor here() {
    String architecture = System.getProperty("os.arch");
    try {
      return of(Files.readString(Path.of("/proc/cpuinfo")), architecture);
    } catch (IOException _) {
      return new Processor(architecture, Set.of());
    }
  }

  /// @param cpuinfo the text of `/proc/cpuinfo`
  static Processor of(String cpuinfo, String architecture) {
    return new Processor(
        value(cpuinfo, "model name").orElse(architecture),
        new TreeSet<>(
            Arrays.asList(
                value(cpuinfo, "flags").map(flags -> flags.split(" ", -1)).orElse(new String[0]))));
  }

  /// The value of a key's first line.
  private static Optional<String> value(String cpuinfo, String key) {
    return cpuinfo
        .lines()
        .filter(line -> line.startsWith(key + "\t") || line.startsWith(key + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
