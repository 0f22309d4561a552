package dev.alicorn.bench.load;

import dev.alicorn.config.DeploymentFile;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.journal.Ballast;
import dev.alicorn.gateway.wiring.Spawning;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/// A whole engine with one endpoint, `big`, for jobs of one spec, journal on.
final class LoadedEngine implements AutoCloseable {
  private final Path folder;
  private final JobSpec spec;
  private final Workplace workplace;

  private LoadedEngine(Path folder, JobSpec spec, Workplace workplace) {
    this.folder = folder;
    this.spec = spec;
    this.workplace = workplace;
  }

  /// @param folder holds the job's seed files, and takes its journals and datasets
  /// @param endpoint keys of an endpoint of kind `openai`
  static LoadedEngine open(Path folder, String job, String endpoint) throws Exception {
    JobSpec spec = JobFile.parse(job, "job.conf");
    String deployment =
        "endpoints { big { kind = openai, model = scripted, %s } }".formatted(endpoint);
    return new LoadedEngine(
        folder,
        spec,
        Workplace.forJob(
            DeploymentFile.parse(deployment, folder), new ModelStore(folder), spec, Progress.NONE));
  }

  /// Begins a job.
  ///
  /// @param id of a job that has not been run
  RunningJob start(String id) throws Exception {
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    ActorRef<Job.Command> job =
        Spawning.spawn(
            workplace.system(),
            Job.open(
                workplace.setup(
                    workplace.equip(spec),
                    new JobId(id),
                    new JobFile(spec, folder),
                    folder.resolve(id),
                    folder.resolve(id + "-dataset"),
                    Ballast.in(folder),
                    "bench"),
                end),
            "job-" + id);
    return new RunningJob(job, end, workplace.system());
  }

  /// Runs a job to its end.
  ///
  /// @param id of a job that has not been run
  JobEnd.Completed run(String id) throws Exception {
    return start(id).completed();
  }

  Path journal(String id) {
    return folder.resolve(id).resolve("journal");
  }

  JobSpec spec() {
    return spec;
  }

  ActorSystem<?> system() {
    return workplace.system();
  }

  @Override
  public void close() {
    workplace.close();
  }
}
