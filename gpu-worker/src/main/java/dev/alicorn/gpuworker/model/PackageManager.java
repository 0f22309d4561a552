package dev.alicorn.gpuworker.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// A package manager of the user, as a process that fetches one archive.
///
/// @param name what people call it
/// @param command how it is called, such as `python3 -m pip`
/// @param arguments of a requirement and the folder that the archive shall lie in
/// @param archiveEnding of the archive's name
/// @param stallMax how long it may go without a byte before it is ended
record PackageManager(
    String name,
    List<String> command,
    BiFunction<String, Path, List<String>> arguments,
    String archiveEnding,
    Duration stallMax) {
  private static final int POLL_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static PackageManager pip() {
    return pip(List.of("python3", "-m", "pip"), PATIENCE);
  }

  static PackageManager pip(List<String> command, Duration stallMax) {
    return new PackageManager("pip", command, PackageManager::ofPip, ".whl", stallMax);
  }

  static PackageManager maven() {
    return maven(List.of("mvn"), PATIENCE);
  }

  static PackageManager maven(List<String> command, Duration stallMax) {
    return new PackageManager("mvn", command, PackageManager::ofMaven, ".jar", stallMax);
  }

  private static List<String> ofPip(String requirement, Path folder) {
    return List.of(
        "download",
        "--no-deps",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar",
        "off",
        "--dest",
        folder.toString(),
        requirement);
  }

  // Without its progress switched off, Maven writes down what it has: that is how it is seen to
  // move.
  private static List<String> ofMaven(String requirement, Path folder) {
    return List.of(
        "--batch-mode",
        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
        "-Dartifact=" + requirement,
        "-DoutputDirectory=" + folder);
  }

  /// Downloads the archive of a requirement into an empty folder, without what it depends on.
  Path download(String requirement, Path folder, long totalBytes, Progress progress)
      throws SourceException, InterruptedException {
    Path log = folder.resolve(name + ".log");
    List<String> line = new ArrayList<>(command);
    line.addAll(arguments.apply(requirement, folder));
    // In a folder without a project of its own Maven takes none for its own.
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    // Pip collects a download in its temporary folder: here it can be seen to grow.
    builder.environment().put("TMPDIR", folder.toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new SourceException(command.getFirst() + " does not start: " + e.getMessage());
    }
    try {
      process.getOutputStream().close();
      follow(process, folder, totalBytes, requirement, progress);
      if (process.exitValue() != 0) {
        throw new SourceException(
            "%s ended with %d: %s".formatted(name, process.exitValue(), complaint(log)));
      }
      return archive(folder)
          .orElseThrow(() ->
              new SourceException(
                  "%s left no %s file of %s".formatted(name, archiveEnding, requirement)));
    } catch (IOException e) {
      throw new SourceException(name + "'s folder cannot be read: " + e);
    } finally {
      process.destroyForcibly();
    }
  }

  private void follow(
      Process process, Path folder, long totalBytes, String requirement, Progress progress)
      throws IOException, InterruptedException, SourceException {
    long done = -1;
    long most = 0;
    long grownAt = System.nanoTime();
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      long size = size(folder);
      if (size != done) {
        done = size;
        grownAt = System.nanoTime();
        // The folder shrinks when pip tidies up; a progress bar does not.
        most = Math.clamp(done, most, totalBytes);
        progress.update(most, totalBytes, name + " fetches " + requirement);
      } else if (System.nanoTime() - grownAt > stallMax.toNanos()) {
        throw new SourceException(
            "%s moved no byte for %d s".formatted(name, stallMax.toSeconds()));
      }
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> Math.max(0, file.toFile().length())).sum();
    } catch (UncheckedIOException _) {
      // Temporary files are deleted while the walk goes on.
      return 0;
    }
  }

  private Optional<Path> archive(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(archiveEnding))
          .min(Comparator.naturalOrder());
    }
  }

  /// The first line that Maven marks as an error, or the last line of all, which is pip's reason.
  private static String complaint(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    return lines.stream()
        .filter(line -> line.startsWith("[ERROR]"))
        .findFirst()
        .or(() -> lines.reversed().stream().findFirst())
        .orElse("no output");
  }
}
