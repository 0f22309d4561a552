package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn watch`: a job of the daemon, until it has ended.
@Command(
    name = "watch",
    description =
        "Shows how far a job of the daemon is, until it is over; the job goes on without.")
final class WatchCommand implements Callable<Integer> {
  private static final String DATA = "data:";
  private static final String END = "end";
  private static final int RECONNECTS_MAX = 60;
  private static final Duration RECONNECT_WAIT = Duration.ofSeconds(1);

  @Parameters(paramLabel = "ID", description = "The job.")
  private String id = "";

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter console = command.commandLine().getOut();
    JsonNode job = daemon.parse("{}");
    Optional<String> lastId = Optional.empty();
    String event = "";
    int fruitless = 0;
    while (!event.equals(END)) {
      try (BufferedReader lines = daemon.events("/v1/jobs/" + id + "/events", lastId)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("id:")) {
            lastId = Optional.of(line.substring("id:".length()).strip());
          } else if (line.startsWith("event:")) {
            event = line.substring("event:".length()).strip();
          } else if (line.startsWith(DATA) && line.length() > DATA.length()) {
            job = daemon.parse(line.substring(DATA.length()));
            console.println(daemon.json() ? job.toString() : JobLine.of(job));
            console.flush();
            fruitless = 0;
          }
        }
      } catch (IOException | CommandFailure e) {
        if (lastId.isEmpty() || fruitless > RECONNECTS_MAX) {
          throw e;
        }
      }
      if (!event.equals(END)) {
        fruitless++;
        Thread.sleep(RECONNECT_WAIT);
      }
    }
    return switch (job.path("state").asText()) {
      case "completed" -> ExitCode.DONE.code();
      case "failed", "cancelled" -> ExitCode.FINDINGS.code();
      default ->
          throw new CommandFailure(
              ExitCode.UNAVAILABLE, "the daemon went away; the job goes on when it is back");
    };
  }
}
