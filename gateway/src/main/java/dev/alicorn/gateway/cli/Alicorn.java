package dev.alicorn.gateway.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command line as a whole: the list of its commands, and what becomes of their failures.
@Command(
    name = "alicorn",
    description = "Training data for vision-language models, made out of text alone.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      SeedsCommand.class,
      ServeCommand.class,
      SubmitCommand.class,
      JobsCommand.class,
      WatchCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      CancelCommand.class,
      SealCommand.class,
      ReplayCommand.class,
      AnchorCommand.class,
      ValidateCommand.class,
      ReportCommand.class,
      ExplainCommand.class,
      JournalCommand.class,
      ModelsCommand.class,
      DoctorCommand.class,
      GpuWorkerCommand.class,
      LlamaServerCommand.class,
      VersionCommand.class
    })
public final class Alicorn {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows the trace of a failure.")
  private boolean verbose;

  private Alicorn() {}

  /// Carries out one command and gives its exit code.
  public static int run(String... arguments) {
    Alicorn alicorn = new Alicorn();
    CommandLine line = new CommandLine(alicorn);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> alicorn.tell(failure, command.getErr()));
    line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.BAD_INPUT.code());
    line.getSubcommands()
        .values()
        .forEach(
            command -> command.getCommandSpec().exitCodeOnInvalidInput(ExitCode.BAD_INPUT.code()));
    return arguments.length == 0 ? usage(line) : line.execute(arguments);
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return ExitCode.BAD_INPUT.code();
  }

  private int tell(Throwable failure, PrintWriter err) {
    Failures known = Failures.of(failure);
    err.println("alicorn: " + known.sentence());
    if (verbose || known.bug()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return known.exitCode().code();
  }
}
