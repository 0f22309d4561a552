package dev.alicorn.engine.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another process that runs a main class of the tests, with this one's Java, class path and JVM
/// arguments.
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Child start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  long pid() {
    return process.pid();
  }

  /// The next line that begins with a prefix, the ones before it passed over.
  String line(String prefix) throws IOException {
    String line;
    while ((line = output.readLine()) != null) {
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    throw new AssertionError("the child ended before it printed " + prefix);
  }

  /// Kills the child as `kill -9` does and gives the lines that it had printed.
  List<String> kill() throws IOException {
    // The handle kills and leaves the output open, which the process itself would close.
    process.toHandle().destroyForcibly();
    List<String> rest = new ArrayList<>();
    String line;
    while ((line = output.readLine()) != null) {
      rest.add(line);
    }
    process.onExit().join();
    return rest;
  }

  @Override
  public void close() throws IOException {
    kill();
    output.close();
  }
}
