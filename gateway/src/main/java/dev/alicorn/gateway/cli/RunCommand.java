package dev.alicorn.gateway.cli;

import dev.alicorn.config.BuiltinJobs;
import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.dataset.DatasetFormats;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.Ballast;
import dev.alicorn.engine.journal.DataFolderLock;
import dev.alicorn.engine.ledger.Forecast;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.state.JobLife;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.gateway.wiring.Plan;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.protocol.JobId;
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

  @Option(
      names = "--reuse",
      paramLabel = "ID",
      description =
          "A job of the data folder whose replies answer calls of this one for free; adds to reuse.")
  private List<String> reuse = List.of();

  @Option(
      names = "--dry-run",
      description = "Prints what the job would do, cost and save; makes no call, writes nothing.")
  private boolean dryRun;

  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Deployment deployment = options.deployment();
    JobFile job = job();
    SeedReader.check(job.spec().seeds(), job.folder());
    DatasetFormats.named(job.spec().dataset().formats(), job.spec().embed().encoder().isPresent());
    JobFolders jobs = options.jobs();
    for (JobId id : job.spec().reuse()) {
      requirePresent(jobs, id);
    }
    if (dryRun) {
      Plan plan = Plan.of(deployment, job);
      new PlanReport(command.commandLine().getOut())
          .print(job.spec(), plan, plan.reused(deployment, job, jobs.root().resolve("jobs")));
      return ExitCode.DONE.code();
    }
    try (DataFolderLock _ = DataFolderLock.acquire(jobs.root())) {
      Optional<StoredJob> earlier = another ? Optional.empty() : earlier(jobs, job);
      if (earlier.isPresent()
          && earlier.get().life().phase() == JobLife.Phase.COMPLETED
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

  private JobFile job() throws ConfigException {
    JobFile job =
        file == null
            ? new JobFile(BuiltinJobs.quickStart(), Path.of("").toAbsolutePath())
            : JobFile.load(file);
    return new JobFile(
        job.spec().reusing(reuse.stream().map(RunCommand::jobId).toList()), job.folder());
  }

  private static JobId jobId(String id) {
    try {
      return new JobId(id);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "--reuse: " + e.getMessage());
    }
  }

  private static void requirePresent(JobFolders jobs, JobId id) {
    if (!Files.isDirectory(jobs.folder(id).resolve("journal"))) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "reuse: there is no job "
              + id
              + " in "
              + jobs.root()
              + "; name one of its folders in jobs/, or another data folder with --data");
    }
  }

  private int run(Deployment deployment, JobFile job, JobFolders jobs, JobId id, Path dataset)
      throws Exception {
    Forecast forecast = Plan.of(deployment, job).forecast();
    Downloads downloads = new Downloads();
    try (Workplace workplace =
        Workplace.forJob(
            deployment, new ModelStore(options.modelsFolder()), job.spec(), downloads)) {
      Workplace.Equipment equipment;
      try (downloads) {
        equipment = workplace.equip(job.spec());
      }
      Ballast ballast = Ballast.in(jobs.root());
      ballast.take(deployment.journal().reserveBytes());
      JobSetup setup =
          workplace.setup(equipment, id, job, jobs.folder(id), dataset, ballast, Version.number());
      say("job " + id + ", journal in " + setup.journalFolder());
      equipment.endpointLines().forEach(this::say);
      try (RunningJob running = RunningJob.start(workplace.system(), setup)) {
        JobEnd end = running.watch();
        return new Closing(command.commandLine().getOut(), id, forecast).tell(end).code();
      }
    }
  }

  /// The newest job of this file: the one to go on with, or a finished one.
  private Optional<StoredJob> earlier(JobFolders jobs, JobFile job) throws ConfigException {
    List<StoredJob> namesakes =
        jobs.all(this::say).stream()
            .filter(stored -> stored.spec().name().equals(job.spec().name()))
            .toList();
    Optional<StoredJob> unfinished =
        namesakes.stream().filter(stored -> stored.life().resumable()).findFirst();
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
            .filter(
                stored -> stored.life().phase() == JobLife.Phase.COMPLETED && isSame(stored, job))
            .findFirst());
  }

  private static boolean isSame(StoredJob stored, JobFile job) {
    boolean readsFiles = job.spec().seeds().stream().anyMatch(source -> !source.files().isEmpty());
    return JobSpecJson.identity(stored.spec()).equals(JobSpecJson.identity(job.spec()))
        && (!readsFiles || stored.baseFolder().equals(job.folder()));
  }

  private int tellCompleted(JobFolders jobs, StoredJob job) {
    PrintWriter console = command.commandLine().getOut();
    console.println(
        "job "
            + job.id()
            + " of this file is completed; its dataset is "
            + jobs.datasets(job.id()).resolve(job.life().dataset().orElse("")));
    console.println("make it again for free:  ./alicorn replay " + job.id());
    console.println(
        "run it anew:             ./alicorn run" + (file == null ? "" : " " + file) + " --new");
    return ExitCode.DONE.code();
  }

  private void say(String line) {
    System.err.println(line);
  }
}
