package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How long the program takes from the shell's prompt and back, when it is built already.
public final class StartBench implements Bench {
  private static final int RUNS = 11;
  private static final Path LAUNCHER = Path.of("alicorn").toAbsolutePath();
  private static final Path JVM_ARGUMENTS = Path.of(".mvn", "runtime.jvmargs");
  private static final Path BUILDS = Path.of(".alicorn", "build");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String subject() {
    return "time of ./alicorn version, with warm and with cold files";
  }

  @Override
  public BenchResult run() throws IOException, InterruptedException {
    List<String> version = List.of(LAUNCHER.toString(), "version");
    List<String> bareJvm =
        List.of(JAVA_HOME.resolve("bin/java").toString(), "@" + JVM_ARGUMENTS, "-version");
    ChildProcess.run(Map.of(), version).orThrow();
    return new BenchResult(
        name(),
        List.of(
            measured("jvm", Map.of(), bareJvm),
            measured("launcher_and_jvm", Map.of("ALICORN_JAVA_OPTS", "-version"), version),
            measured("version_warm", Map.of(), version),
            coldRow(version)),
        List.of(
            RUNS + " runs each, one after the other; wall clock, from fork to the end.",
            "jvm is `java @.mvn/runtime.jvmargs -version`; launcher_and_jvm is the same through"
                + " `./alicorn`, so that the difference is the script.",
            "version_cold drops the files of build and JDK from the page cache before each run;"
                + " what this bench's own JVM has mapped of the JDK stays in."));
  }

  private static Row measured(String name, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    double[] samples = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      samples[run] = ChildProcess.run(environment, command).orThrow().elapsedMillis();
    }
    return Row.spread(name, "ms", samples);
  }

  private static Row coldRow(List<String> command) throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(BUILDS, JAVA_HOME)) {
      try (Stream<Path> below = Files.walk(folder)) {
        below.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    double[] samples = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      dropFromPageCache(files);
      samples[run] = ChildProcess.run(Map.of(), command).orThrow().elapsedMillis();
    }
    return Row.spread("version_cold", "ms", samples);
  }

  /// Reading nothing with GNU dd's `nocache` flag drops a whole file.
  private static void dropFromPageCache(List<Path> files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "for file; do dd if=\"$file\" iflag=nocache count=0 status=none || exit 1; done",
                "sh"));
    files.forEach(file -> command.add(file.toString()));
    ChildProcess.run(Map.of(), command).orThrow();
  }
}
