package dev.alicorn.engine.kill;

import dev.alicorn.engine.failpoint.Failpoint;
import dev.alicorn.engine.failpoint.FailpointAgent;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// How processes are started that will not live for long: with a small heap, a compiler that is
/// soon done, and classes out of an archive that an earlier one left.
///
/// @param prefix what comes before `java` on the command line
/// @param classPath jars alone, since the JVM archives no classes of folders
/// @param agent the failpoints' jar
/// @param archive made by a process that ended by itself
/// @param more options beside the common ones
record ChildJvm(
    List<String> prefix, String classPath, Path agent, Path archive, List<String> more) {
  private static final List<String> SMALL =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /// A failpoint, and the hit of it that kills.
  record Armed(Failpoint failpoint, int hit) {}

  /// @param folder takes the jars and the archive
  static ChildJvm prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(pack(path, folder.resolve("classes-" + jars.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    return new ChildJvm(
        List.of(),
        String.join(File.pathSeparator, jars),
        FailpointAgent.makeJar(folder),
        folder.resolve("classes.jsa"),
        List.of());
  }

  ChildJvm withOption(String option) {
    return new ChildJvm(prefix, classPath, agent, archive, List.of(option));
  }

  /// The same, started by another command.
  ChildJvm within(List<String> command) {
    return new ChildJvm(command, classPath, agent, archive, more);
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> tree = Files.walk(classes)) {
      out.setLevel(0);
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, (OutputStream) out);
      }
    }
    return jar;
  }

  /// Starts a process that tells what becomes durable, and dies at a failpoint if it comes to it.
  Process start(Class<?> main, Optional<Armed> armed, Path errors, List<String> arguments)
      throws IOException {
    String failpoint = armed.map(at -> at.failpoint() + ":" + at.hit()).orElse("");
    return start(
        List.of("-javaagent:" + agent + "=" + failpoint, "-XX:SharedArchiveFile=" + archive),
        main,
        errors,
        arguments);
  }

  /// Starts a process that leaves the archive when it ends.
  Process startArchiving(Class<?> main, Path errors, List<String> arguments) throws IOException {
    return start(List.of("-XX:ArchiveClassesAtExit=" + archive), main, errors, arguments);
  }

  private Process start(List<String> options, Class<?> main, Path errors, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-X"))
        .forEach(command::add);
    command.addAll(SMALL);
    command.addAll(more);
    command.addAll(options);
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().put("CLASSPATH", classPath);
    return builder.start();
  }
}
