package dev.alicorn.gateway.cli;

import dev.alicorn.config.JobSpecJson;
import dev.alicorn.config.RecipeFile;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Recipe;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn replay`: a dataset out of a journal, without a call to anything.
@Command(
    name = "replay",
    description =
        "Makes a dataset again from a journal, with another recipe if you like; costs no call. An interrupt leaves nothing of it.")
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ID|JOURNAL_DIR",
      description = "A job of the data folder, or a journal's folder.")
  private String journal = "";

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE.conf",
      description = "Tasks, transfer, dataset and random_seed that differ from the job's.")
  private @Nullable Path recipeFile;

  @Option(
      names = "--formats",
      paramLabel = "a,b",
      split = ",",
      description = "Dataset formats, instead of the recipe's.")
  private String @Nullable [] formats;

  @Option(
      names = "--transfer",
      paramLabel = "METHOD",
      description = "Transfer method, instead of the recipe's: mean-shift, re-align, c3 or none.")
  private @Nullable String transfer;

  @Option(
      names = "--anchor",
      paramLabel = "FILE",
      description = "Statistics of images for re-align, as `alicorn anchor` writes them.")
  private @Nullable Path anchor;

  @Option(names = "--until", paramLabel = "SEQ", description = "Facts up to this one only.")
  private long until = Long.MAX_VALUE;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the dataset will lie; must not exist (default: beside the job's own).")
  private @Nullable Path out;

  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Path journalFolder = journalFolder();
    Path folder = out != null ? out : defaultOut(journalFolder);
    JobHeader header;
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      header = JobHeader.read(cursor);
    }
    if (header.job().isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          journalFolder
              + ": the journal ends before its job was opened; there is nothing to replay");
    }
    JobSpec spec = JobSpecJson.read(header.job().get().specJson());
    Replay replay = Replay.of(journalFolder, Version.number()).by(recipe(spec)).until(until);
    try (RunningReplay running = RunningReplay.start(replay, folder)) {
      Optional<ReplayResult> made = running.watch();
      made.ifPresent(this::tell);
      return (made.isPresent() ? ExitCode.DONE : ExitCode.INTERRUPTED).code();
    }
  }

  private void tell(ReplayResult made) {
    PrintWriter console = command.commandLine().getOut();
    console.println(made.folder());
    Outcomes.print(console, "captions", made.captions());
    Outcomes.print(console, "samples", made.samples());
    Outcomes.printLadder(console, made.ladder());
    Outcomes.printFindings(console, made.findings());
    Outcomes.printTruncation(console, made.truncation(), made.captions());
  }

  private Recipe recipe(JobSpec spec) throws Exception {
    Recipe recipe = recipeFile == null ? spec.recipe() : RecipeFile.load(recipeFile, spec);
    if (formats != null) {
      recipe =
          recipe.with(
              new JobSpec.Dataset(List.copyOf(Arrays.asList(formats)), recipe.dataset().vectors()));
    }
    if (transfer != null || anchor != null) {
      recipe =
          recipe.with(
              RecipeFile.transfer(
                  recipe.transfer(), Optional.ofNullable(transfer), Optional.ofNullable(anchor)));
    }
    return recipe;
  }

  private Path journalFolder() {
    Path named = Path.of(journal);
    if (Files.isDirectory(named)) {
      return JournalFolders.journal(named);
    }
    Path byId = options.jobs().folder(jobId()).resolve("journal");
    if (!Files.isDirectory(byId)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          journal
              + ": neither a journal's folder nor a job of "
              + options.jobs().root()
              + "; --data names another data folder");
    }
    return byId;
  }

  private JobId jobId() {
    try {
      return new JobId(journal);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, journal + ": no such folder, and " + e.getMessage());
    }
  }

  /// The first free `replay-N` beside the job's own dataset.
  private static Path defaultOut(Path journalFolder) {
    Path job = journalFolder.toAbsolutePath().normalize().getParent();
    Path datasets = (job == null ? journalFolder : job).resolve("datasets");
    for (int n = 1; ; n++) {
      Path candidate = datasets.resolve("replay-" + n);
      if (Files.notExists(candidate)) {
        return candidate;
      }
    }
  }
}
