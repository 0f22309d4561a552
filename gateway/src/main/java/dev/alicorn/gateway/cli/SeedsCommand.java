package dev.alicorn.gateway.cli;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.seed.SeedSurvey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn seeds`: what the sources of a job give, without the job.
@Command(
    name = "seeds",
    description =
        "Reads the seeds of a job: counts by source and reason, and a sample. Writes nothing, asks no endpoint.")
final class SeedsCommand implements Callable<Integer> {
  private static final int SAMPLE_MAX = 100_000;

  @Parameters(paramLabel = "JOB.conf", description = "The job.")
  private Path file = Path.of("");

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Shows N seeds, spread evenly (default: ${DEFAULT-VALUE}).")
  private int sample = 10;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (sample < 0 || sample > SAMPLE_MAX) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "--sample is " + sample + "; write a number from 0 to " + SAMPLE_MAX);
    }
    JobFile job = JobFile.load(file);
    SeedReader.check(job.spec().seeds(), job.folder());
    SeedSurvey survey =
        SeedSurvey.of(job.spec().seeds(), job.folder(), sample, job.spec().randomSeed());
    PrintWriter out = command.commandLine().getOut();
    SeedsReport report = new SeedsReport(job.spec().name(), survey);
    if (json) {
      out.println(report.json());
    } else {
      report.print(out);
    }
    boolean allTaken =
        survey.seeds() > 0
            && survey.sources().stream().allMatch(source -> source.refusedRows() == 0);
    return (allTaken ? ExitCode.DONE : ExitCode.FINDINGS).code();
  }
}
