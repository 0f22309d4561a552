package dev.alicorn.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `alicorn version`.
@Command(name = "version", description = "Says which version this is.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    for (String line : new Version().getVersion()) {
      command.commandLine().getOut().println(line);
    }
    return ExitCode.DONE.code();
  }
}
