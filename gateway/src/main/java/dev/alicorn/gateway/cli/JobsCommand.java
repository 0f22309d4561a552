package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `alicorn jobs`: what the daemon has.
@Command(name = "jobs", description = "Lists the daemon's jobs, the newest first.")
final class JobsCommand implements Callable<Integer> {
  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "Those alone that are running, draining, paused, completed, cancelled or failed.")
  private @Nullable String state;

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonNode answer = daemon.get("/v1/jobs" + (state == null ? "" : "?state=" + state));
    if (daemon.json()) {
      command.commandLine().getOut().println(answer);
      return ExitCode.DONE.code();
    }
    TextTable table = new TextTable();
    table.row(List.of("job", "state", "captions", "created", "detail"));
    for (JsonNode job : answer.path("jobs")) {
      table.row(
          List.of(
              job.path("id").asText(),
              job.path("state").asText(),
              JobLine.captions(job),
              job.path("created_at").asText(),
              job.path("detail").asText("")));
    }
    table.print(command.commandLine().getOut());
    return ExitCode.DONE.code();
  }
}
