package dev.alicorn.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command run to its end.
///
/// @param output standard output and error together
public record ChildProcess(
    List<String> command, int exitCode, String output, double elapsedMillis) {
  public ChildProcess {
    command = List.copyOf(command);
  }

  /// Runs a command in the current folder and waits for its end.
  ///
  /// @param environment variables beside the inherited ones
  public static ChildProcess run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return run(Path.of(""), environment, command);
  }

  /// Runs a command in a folder and waits for its end.
  ///
  /// @param environment variables beside the inherited ones
  public static ChildProcess run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    return new ChildProcess(command, exitCode, output, (System.nanoTime() - start) / 1e6);
  }

  /// This, or an exception that tells what the command said where it failed.
  public ChildProcess orThrow() throws IOException {
    if (exitCode != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(String.join(" ", command), exitCode, output.strip()));
    }
    return this;
  }
}
