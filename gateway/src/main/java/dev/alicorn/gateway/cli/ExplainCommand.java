package dev.alicorn.gateway.cli;

import dev.alicorn.config.RecipeFile;
import dev.alicorn.engine.explain.Explainer;
import dev.alicorn.engine.explain.Explanation;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.RecordId;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn explain`: where a row came from and what became of it, out of the journal.
@Command(
    name = "explain",
    description =
        "Tells a row's seed, calls, prices, rules and outcome, also of one that is not in a dataset, or lists the calls whose bill is not known; needs no lock.")
final class ExplainCommand implements Callable<Integer> {
  private static final int JOBS_LISTED_MAX = 20;

  @Parameters(
      arity = "0..1",
      paramLabel = "RECORD",
      description = "The row's id, as datasets show it: 12, or JOB_ID/12.")
  private String row = "";

  @Option(
      names = "--job",
      paramLabel = "ID",
      description = "The row's job (default: the only one of the data folder).")
  private @Nullable String job;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE.conf",
      description = "The recipe of the replay that the row is looked at in, instead of the job's.")
  private @Nullable Path recipeFile;

  @Option(
      names = "--unknown",
      description =
          "Lists, instead of a row, the job's calls that may have been billed and do not say so.")
  private boolean unknown;

  @Option(names = "--json", description = "Prints one JSON object, with everything in it.")
  private boolean json;

  @Option(names = "--full", description = "Cuts no prompt and no reply.")
  private boolean full;

  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (unknown != row.isEmpty()) {
      throw bad(
          unknown
              ? row + ": --unknown lists calls of all rows; leave the row out, --job names the job"
              : "name a row, such as 12 or JOB_ID/12, or list calls with --unknown");
    }
    JobId id = jobId(options.jobs());
    Path journal = options.jobs().folder(id).resolve("journal");
    if (!Files.isDirectory(journal)) {
      throw bad(
          "there is no job "
              + id
              + " in "
              + options.jobs().root()
              + "; --data names another folder");
    }
    if (unknown) {
      new UnknownCallsReport(command.commandLine().getOut(), json).print(journal);
      return ExitCode.DONE.code();
    }
    RecordId record = record();
    Explainer explainer =
        Explainer.open(journal)
            .orElseThrow(() ->
                bad(journal + ": the journal ends before its job was opened; it tells nothing"));
    if (recipeFile != null) {
      explainer = explainer.by(RecipeFile.load(recipeFile, explainer.spec()));
    }
    Explanation told =
        explainer
            .explain(record)
            .orElseThrow(() ->
                bad(
                    "job "
                        + id
                        + " has no record "
                        + record
                        + "; its records are its seeds, counted from 1"));
    print(told);
    if (told.damage().isPresent()) {
      throw new CommandFailure(ExitCode.CORRUPT, told.damage().get());
    }
    return ExitCode.DONE.code();
  }

  private void print(Explanation told) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(ExplanationJson.of(told));
    } else {
      new ExplanationText(new Page(out, full)).print(told);
    }
    out.flush();
  }

  private RecordId record() {
    String ordinal = row.substring(row.lastIndexOf('/') + 1);
    if (!ordinal.matches("0*[1-9]\\d{0,17}")) {
      throw bad(row + ": a record is named by its number, from 1 on, or by JOB_ID/NUMBER");
    }
    return new RecordId(Long.parseLong(ordinal));
  }

  private JobId jobId(JobFolders jobs) {
    int slash = row.lastIndexOf('/');
    String named = slash < 0 ? null : row.substring(0, slash);
    if (named != null && job != null && !named.equals(job)) {
      throw bad(row + " is of another job than --job " + job + "; leave one of them out");
    }
    if (named != null || job != null) {
      return jobId(named != null ? named : job);
    }
    List<JobId> all = jobs.ids();
    if (all.size() == 1) {
      return all.getFirst();
    }
    throw bad(
        all.isEmpty()
            ? jobs.root() + " holds no job; --data names another folder"
            : jobs.root() + " holds several jobs; name one with --job: " + listed(all));
  }

  private static JobId jobId(@Nullable String name) {
    try {
      return new JobId(String.valueOf(name));
    } catch (IllegalArgumentException e) {
      throw bad("there is no such job, since " + e.getMessage());
    }
  }

  private static String listed(List<JobId> ids) {
    String first =
        ids.stream().limit(JOBS_LISTED_MAX).map(JobId::value).collect(Collectors.joining(", "));
    int more = ids.size() - JOBS_LISTED_MAX;
    return more <= 0 ? first : first + " and " + more + " more";
  }

  private static CommandFailure bad(String sentence) {
    return new CommandFailure(ExitCode.BAD_INPUT, sentence);
  }
}
