package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn resume`, for a job of the daemon.
@Command(name = "resume", description = "Goes on with a paused job.")
final class ResumeCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "ID", description = "The job.")
  private String id = "";

  @Option(
      names = "--budget",
      paramLabel = "KEY=VALUE",
      description = "A cap from here on: money, tokens or calls; may be repeated.")
  private Map<String, String> budget = new LinkedHashMap<>();

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    ObjectNode terms = JSON.createObjectNode();
    if (!budget.isEmpty()) {
      ObjectNode caps = terms.putObject("budget");
      budget.forEach(caps::put);
    }
    JsonNode job = daemon.post("/v1/jobs/" + id + "/resume", terms.toString());
    command.commandLine().getOut().println(daemon.json() ? job.toString() : JobLine.of(job));
    return ExitCode.DONE.code();
  }
}
