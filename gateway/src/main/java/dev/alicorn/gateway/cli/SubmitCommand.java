package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.JobSpecJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn submit`: gives a job to the daemon.
@Command(
    name = "submit",
    description =
        "Gives a job to the daemon; its seed files are names within the daemon's gateway.seed_roots.")
final class SubmitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB.conf", description = "The job.")
  private Path file = Path.of("");

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonNode job = daemon.post("/v1/jobs", JobSpecJson.write(JobFile.load(file).spec()));
    PrintWriter console = command.commandLine().getOut();
    if (daemon.json()) {
      console.println(job);
    } else {
      String id = job.path("id").asText();
      console.println("job " + id + " is " + job.path("state").asText());
      console.println("watch it:  ./alicorn watch " + id);
    }
    return ExitCode.DONE.code();
  }
}
