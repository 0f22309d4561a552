package dev.alicorn.gateway.cli;

import dev.alicorn.config.BuiltinJobs;
import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.DataFolderLock;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

/// `alicorn run`: a job in the foreground, from its seeds to its dataset.
@Command(
    name = "run",
    description =
        "Runs a job in the foreground; an unfinished one of the same file goes on where it was.")
final class RunCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "JOB.conf",
      description = "The job; without one, the quick start.")
  private @Nullable Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the dataset will lie; must not exist (default: in the job's folder).")
  private @Nullable Path out;

  @Option(
      names = "--new",
      description =
          "Starts another job, even if an unfinished or finished one of this file is there.")
  private boolean another;

  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Deployment deployment = options.deployment();
    JobFile job =
        file == null
            ? new JobFile(BuiltinJobs.quickStart(), Path.of("").toAbsolutePath())
            : JobFile.load(file);
    SeedReader.check(job.spec().seeds(), job.folder());
    if (!job.spec().reuse().isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "reuse: this version looks no reply up in other jobs' journals; leave the key out");
    }
    JobFolders jobs = options.jobs();
    try (DataFolderLock _ = DataFolderLock.acquire(jobs.root())) {
      Optional<StoredJob> earlier = another ? Optional.empty() : earlier(jobs, job);
      if (earlier.isPresent()
          && earlier.get().state() == StoredJob.State.COMPLETED
          && out == null) {
        return tellCompleted(jobs, earlier.get());
      }
      JobId id = earlier.map(StoredJob::id).orElseGet(() -> jobs.newId(job.spec().name()));
      Path dataset =
          out != null ? out.toAbsolutePath().normalize() : jobs.datasets(id).resolve(id.value());
      boolean finishedBefore =
          earlier.isPresent() && Files.exists(dataset.resolve("manifest.json"));
      if (Files.exists(dataset) && !finishedBefore) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            dataset + " exists already; name another folder with --out, or move it away");
      }
      earlier.ifPresent(
          found -> say("going on with job " + found.id() + ", begun " + found.createdAt()));
      return run(deployment, job, jobs, id, dataset);
    }
  }

  private int run(Deployment deployment, JobFile job, JobFolders jobs, JobId id, Path dataset)
      throws Exception {
    try (Workplace workplace = open(deployment, job.spec())) {
      JobSetup setup = workplace.setup(id, job, jobs.folder(id), dataset, Version.number());
      say("job " + id + ", journal in " + setup.journalFolder());
      workplace.endpointLines().forEach(this::say);
      try (RunningJob running = RunningJob.start(workplace.system(), setup)) {
        return tell(running.watch(), id);
      }
    }
  }

  private Workplace open(Deployment deployment, JobSpec spec) throws Exception {
    try (Downloads downloads = new Downloads()) {
      return Workplace.open(deployment, new ModelStore(options.modelsFolder()), spec, downloads);
    }
  }

  /// The newest job of this file: the one to go on with, or a finished one.
  private Optional<StoredJob> earlier(JobFolders jobs, JobFile job) throws ConfigException {
    List<StoredJob> namesakes =
        jobs.all(this::say).stream()
            .filter(stored -> stored.spec().name().equals(job.spec().name()))
            .toList();
    Optional<StoredJob> unfinished = namesakes.stream().filter(StoredJob::resumable).findFirst();
    if (unfinished.isPresent() && !isSame(unfinished.get(), job)) {
      List<String> keys = JobSpecJson.differences(unfinished.get().spec(), job.spec());
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "job "
              + unfinished.get().id()
              + " of that name is unfinished and differs in "
              + (keys.isEmpty()
                  ? "the folder of its seed files (" + unfinished.get().baseFolder() + ")"
                  : String.join(", ", keys))
              + "; set that back to go on with it, or start another with --new");
    }
    return unfinished.or(() ->
        namesakes.stream()
            .filter(stored -> stored.state() == StoredJob.State.COMPLETED && isSame(stored, job))
            .findFirst());
  }

  private static boolean isSame(StoredJob stored, JobFile job) {
    boolean readsFiles =
        job.spec().seeds().stream()
            .anyMatch(dev.alicorn.protocol.SeedSource.File.class::isInstance);
    return JobSpecJson.identity(stored.spec()).equals(JobSpecJson.identity(job.spec()))
        && (!readsFiles || stored.baseFolder().equals(job.folder()));
  }

  private int tellCompleted(JobFolders jobs, StoredJob job) {
    PrintWriter console = command.commandLine().getOut();
    console.println(
        "job "
            + job.id()
            + " of this file is completed; its dataset is "
            + jobs.datasets(job.id()).resolve(job.dataset().orElse("")));
    console.println("make it again for free:  ./alicorn replay " + job.id());
    console.println(
        "run it anew:             ./alicorn run" + (file == null ? "" : " " + file) + " --new");
    return ExitCode.DONE.code();
  }

  private int tell(JobEnd end, JobId id) {
    PrintWriter console = command.commandLine().getOut();
    return switch (end) {
      case JobEnd.Completed completed -> {
        console.println();
        console.println(completed.dataset().folder());
        Outcomes.print(console, "captions", completed.dataset().captions());
        Outcomes.print(console, "samples", completed.dataset().samples());
        Outcomes.printLadder(console, completed.dataset().ladder());
        if (completed.progress().seedsRefused() > 0) {
          console.println(
              "  "
                  + completed.progress().seedsRefused()
                  + " seed rows are no seeds; `./alicorn journal cat` says which and why");
        }
        Outcomes.printBill(console, completed.bill());
        completed
            .shortfalls()
            .forEach((task, missing) ->
                console.println(
                    "  "
                        + missing
                        + " samples of "
                        + task.key()
                        + " fewer than asked: every caption that was drawn for it was used up; add seeds or lower the count"));
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
        yield whole ? ExitCode.DONE.code() : ExitCode.FINDINGS.code();
      }
      case JobEnd.Paused paused -> {
        Outcomes.printBill(console, paused.bill());
        console.println("job " + id + " is paused: " + paused.detail());
        console.println("nothing is lost; the same command goes on with it");
        yield switch (paused.reason()) {
          case USER -> ExitCode.INTERRUPTED.code();
          case BUDGET -> ExitCode.FINDINGS.code();
          case ENDPOINT, ENCODER, DISK -> ExitCode.UNAVAILABLE.code();
        };
      }
    };
  }

  private void say(String line) {
    System.err.println(line);
  }
}
