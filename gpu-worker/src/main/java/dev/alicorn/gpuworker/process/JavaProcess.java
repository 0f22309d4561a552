package dev.alicorn.gpuworker.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A child process on the same Java, with the same class path and what libraries need of the JVM.
public final class JavaProcess {
  private static final long END_SECONDS_MAX = 5;

  private JavaProcess() {}

  /// Ends a child that has a [StdinWatch]: by the end of its standard input, and by force where it
  /// has not gone 5 s later.
  public static void end(Process child) {
    try {
      child.getOutputStream().close();
      if (!child.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    } catch (IOException _) {
      child.destroyForcibly();
    } catch (InterruptedException _) {
      child.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// What starts a class's main method.
  ///
  /// The class path goes by the environment: ONNX Runtime 1.29 crashes a process whose command line
  /// is longer than about 4 KiB.
  ///
  /// @param options for java, beside those that this JVM has for its libraries
  public static ProcessBuilder of(List<String> options, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElse(System.getProperty("java.home") + "/bin/java"));
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--") || argument.matches("-D(org\\.bytedeco|ai\\.djl)\\..*")) {
        command.add(argument);
      }
    }
    command.addAll(options);
    command.add(main);
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return process;
  }
}
