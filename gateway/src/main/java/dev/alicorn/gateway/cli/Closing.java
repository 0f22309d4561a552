package dev.alicorn.gateway.cli;

import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.ledger.Forecast;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.io.PrintWriter;

/// What a user is told when a job's run has ended, and the exit code that goes with it.
final class Closing {
  private final PrintWriter console;
  private final JobId id;
  private final Forecast forecast;

  Closing(PrintWriter console, JobId id, Forecast forecast) {
    this.console = console;
    this.id = id;
    this.forecast = forecast;
  }

  ExitCode tell(JobEnd end) {
    return switch (end) {
      case JobEnd.Completed completed -> completed(completed);
      case JobEnd.Paused paused -> paused(paused);
      case JobEnd.Cancelled _, JobEnd.Left _ ->
          throw new IllegalArgumentException("nobody can tell a job in the foreground to: " + end);
    };
  }

  private ExitCode completed(JobEnd.Completed completed) {
    console.println();
    console.println(completed.dataset().folder());
    Outcomes.print(console, "captions", completed.dataset().captions());
    Outcomes.print(console, "samples", completed.dataset().samples());
    Outcomes.printLadder(console, completed.dataset().ladder());
    Outcomes.printFindings(console, completed.dataset().findings());
    Outcomes.printTruncation(
        console, completed.dataset().truncation(), completed.dataset().captions());
    if (completed.progress().seedsRefused() > 0) {
      console.println(
          "  "
              + completed.progress().seedsRefused()
              + " seed rows are no seeds; `./alicorn journal cat` says which and why");
    }
    completed
        .shortfalls()
        .forEach((task, missing) ->
            console.println(
                "  "
                    + missing
                    + " samples of "
                    + task.key()
                    + " fewer than asked: every caption that was drawn for it was used up; add seeds or lower the count"));
    new LedgerReport(console).print(completed.bill(), forecast);
    console.println("next:");
    console.println(
        "  ./alicorn replay "
            + id
            + "                          the same files again, no call made");
    console.println(
        "  ./alicorn replay "
            + id
            + " --transfer none          another recipe, no call made either");
    console.println("  ./alicorn validate " + completed.dataset().folder());
    console.println(
        "  ./alicorn run JOB.conf                              a job of your own; docs/examples has some");
    boolean whole =
        completed.shortfalls().isEmpty()
            && completed.progress().captionsLost() == 0
            && completed.progress().seedsRefused() == 0;
    return whole ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private ExitCode paused(JobEnd.Paused paused) {
    new LedgerReport(console).print(paused.bill(), forecast);
    console.println("job " + id + " is paused: " + paused.detail());
    console.println(
        "nothing is lost; the same command goes on with it"
            + (paused.reason() == PauseReason.BUDGET ? " under a higher cap" : ""));
    return switch (paused.reason()) {
      case USER -> ExitCode.INTERRUPTED;
      case BUDGET -> ExitCode.FINDINGS;
      case ENDPOINT, ENCODER, DISK -> ExitCode.UNAVAILABLE;
    };
  }
}
