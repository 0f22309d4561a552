package dev.alicorn.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/// What Linux's control groups, by which containers are limited, allow this process; of version 1
/// and 2.
///
/// The tightest limit between a process's group and the root holds. In a container the group's path
/// may be one of the host's, which is not to be seen there; its root is the container's own group.
///
/// @param cores processor time in a second, as cores; empty where there is no limit
/// @param memoryBytes empty where there is no limit
record ControlGroups(OptionalDouble cores, OptionalLong memoryBytes) {
  /// Version 1 writes a limit near 2^63 where there is none.
  private static final double UNLIMITED_BYTES = 0x1p60;

  /// Those of this process.
  static ControlGroups here() {
    return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  }

  /// @param membership the file that lists the process's groups
  /// @param mount where the groups' file systems are
  static ControlGroups of(Path membership, Path mount) {
    List<Double> cores = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    for (String line : text(membership).lines().toList()) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        continue;
      }
      String path = fields[2];
      for (String controller : fields[1].split(",", -1)) {
        switch (controller) {
          case "" -> {
            cores.addAll(walk(mount, path, ControlGroups::quota));
            memory.addAll(walk(mount, path, group -> number(group.resolve("memory.max"))));
          }
          case "cpu" -> cores.addAll(walk(mount.resolve("cpu"), path, ControlGroups::quotaV1));
          case "memory" ->
              memory.addAll(
                  walk(
                      mount.resolve("memory"),
                      path,
                      group -> number(group.resolve("memory.limit_in_bytes"))));
          default -> {}
        }
      }
    }
    OptionalDouble bytes =
        memory.stream().mapToDouble(limit -> limit).filter(limit -> limit < UNLIMITED_BYTES).min();
    return new ControlGroups(
        cores.stream().mapToDouble(limit -> limit).min(),
        bytes.isPresent() ? OptionalLong.of((long) bytes.getAsDouble()) : OptionalLong.empty());
  }

  /// The limits of a group and of all above it.
  private static List<Double> walk(Path root, String path, Function<Path, Optional<Double>> limit) {
    List<Double> limits = new ArrayList<>();
    Path group = root.resolve(path.replaceFirst("^/+", "")).normalize();
    Path each = group.startsWith(root) ? group : root;
    while (each != null && each.startsWith(root)) {
      limit.apply(each).ifPresent(limits::add);
      each = each.getParent();
    }
    return limits;
  }

  private static Optional<Double> quota(Path group) {
    String[] fields = text(group.resolve("cpu.max")).strip().split(" ", -1);
    return fields.length == 2 ? ratio(number(fields[0]), number(fields[1])) : Optional.empty();
  }

  private static Optional<Double> quotaV1(Path group) {
    return ratio(
        number(group.resolve("cpu.cfs_quota_us")), number(group.resolve("cpu.cfs_period_us")));
  }

  private static Optional<Double> ratio(Optional<Double> quota, Optional<Double> period) {
    return quota.flatMap(time -> period.map(whole -> time / whole));
  }

  private static Optional<Double> number(Path file) {
    return number(text(file).strip());
  }

  /// A positive number; others, and `max`, say that there is no limit.
  private static Optional<Double> number(String text) {
    return text.matches("[1-9][0-9]{0,18}") ? Optional.of(Double.valueOf(text)) : Optional.empty();
  }

  /// A file of the kernel's; empty where it is not there, or not for us.
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException _) {
      return "";
    }
  }
}
