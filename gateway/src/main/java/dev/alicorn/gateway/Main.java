package dev.alicorn.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The program: `alicorn COMMAND …`.
@Command(
    name = "alicorn",
    description = "Training data for vision-language models, made out of text alone.",
    mixinStandardHelpOptions = true)
public final class Main {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows the trace of a failure.")
  private boolean verbose;

  @Spec private CommandSpec command = CommandSpec.create();

  private Main() {}

  static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /// Carries out one command and gives its exit code: 2 for a wrong usage.
  static int run(String... arguments) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> main.tell(failure, command.getErr()));
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  @Command(name = "version", description = "Says which version this is, and on what it runs.")
  void version() throws IOException {
    command
        .commandLine()
        .getOut()
        .printf(
            "alicorn %s, Java %s, %s %s%n",
            number(),
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  private static String number() throws IOException {
    try (InputStream version = Main.class.getResourceAsStream("version.txt")) {
      if (version == null) {
        throw new IllegalStateException("the build left out version.txt");
      }
      return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private int tell(Exception failure, PrintWriter err) {
    err.println("alicorn: " + failure.getMessage());
    if (verbose) {
      failure.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
