package dev.alicorn.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command line as its users have it: a process of its own, with this JVM's java, class path
/// and options.
final class AlicornProcess implements AutoCloseable {
  private static final long END_SECONDS_MAX = 300;

  private final Process process;
  private final Path output;

  private AlicornProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static AlicornProcess start(Path workFolder, String... arguments) throws IOException {
    return start(List.of(), List.of(), workFolder, arguments);
  }

  /// In a mount namespace of its own, by a shell that has the command line as `"$@"`.
  static AlicornProcess startInShell(String script, Path workFolder, String... arguments)
      throws IOException {
    return start(
        List.of("unshare", "--mount", "--", "sh", "-c", script, "sh"),
        List.of(),
        workFolder,
        arguments);
  }

  /// With an option for java, and hearing SIGINT, which who was started in the background ignores
  /// and its children with it.
  static AlicornProcess startInterruptibly(String option, Path workFolder, String... arguments)
      throws IOException {
    return start(List.of("env", "--default-signal=INT"), List.of(option), workFolder, arguments);
  }

  private static AlicornProcess start(
      List<String> before, List<String> options, Path workFolder, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-Xmx"))
        .forEach(command::add);
    command.addAll(options);
    // A process that lives for seconds is not worth the optimising compiler.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m", Main.class.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(workFolder, "output-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // ONNX Runtime crashes the process on a command line of more than about 4 KiB.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new AlicornProcess(builder.start(), output);
  }

  /// Runs to the end and gives the exit code.
  static Ended run(Path workFolder, String... arguments) throws IOException, InterruptedException {
    try (AlicornProcess process = start(workFolder, arguments)) {
      return process.end();
    }
  }

  /// How a command ended, with all that it printed.
  record Ended(int exitCode, String output) {}

  Ended end() throws IOException, InterruptedException {
    if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "it has not ended within " + END_SECONDS_MAX + " s: " + Files.readString(output));
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  /// A file as the process sees it, in its own mount namespace.
  Path seenByIt(Path file) {
    return Path.of("/proc", Long.toString(process.pid()), "root")
        .resolve(file.toAbsolutePath().toString().substring(1));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for the end, for a while.
  boolean endsWithin(long duration, TimeUnit unit) throws InterruptedException {
    return process.waitFor(duration, unit);
  }

  /// What it has printed so far.
  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /// SIGTERM; whatever it does then, it does by itself.
  void terminate() {
    process.destroy();
  }

  /// Sends another signal, by its name.
  void signal(String name) throws IOException, InterruptedException {
    int exitCode =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exitCode != 0) {
      throw new IOException("kill -" + name + " ended with " + exitCode);
    }
  }

  /// kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
