package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn pause`, for a job of the daemon.
@Command(
    name = "pause",
    description =
        "Lets a job's calls in flight end and begins nothing further, until it is resumed.")
final class PauseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "The job.")
  private String id = "";

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonNode job = daemon.post("/v1/jobs/" + id + "/pause", "");
    command.commandLine().getOut().println(daemon.json() ? job.toString() : JobLine.of(job));
    return ExitCode.DONE.code();
  }
}
