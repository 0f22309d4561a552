package dev.alicorn.bench.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a Java of its own, with this one's java, class path and options.
public final class JavaCommand {
  private JavaCommand() {}

  /// The words that run a main class.
  ///
  /// @param options beside those of `.mvn/runtime.jvmargs`, such as `-Xmx512m`
  public static List<String> of(List<String> options, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of(".mvn", "runtime.jvmargs"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return command;
  }
}
