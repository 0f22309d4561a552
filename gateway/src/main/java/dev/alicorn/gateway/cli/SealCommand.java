package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn seal`, for a job of the daemon.
@Command(name = "seal", description = "Says that a job with streamed seeds gets no more of them.")
final class SealCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "The job.")
  private String id = "";

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonNode sealed = daemon.post("/v1/jobs/" + id + "/seal", "");
    command
        .commandLine()
        .getOut()
        .println(
            daemon.json()
                ? sealed.toString()
                : "job " + id + " is sealed with " + sealed.path("accepted").asLong() + " seeds");
    return ExitCode.DONE.code();
  }
}
