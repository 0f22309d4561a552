package dev.alicorn.bench.load;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.DeploymentFile;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobStatus;
import dev.alicorn.gateway.wiring.Spawning;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// Jobs of captions alone, a call a seed, run one after the other in one workplace with all that
/// `./alicorn run` has around them.
final class CaptionJobs implements AutoCloseable {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(30);

  private final Path folder;
  private final JobSpec spec;
  private final Workplace workplace;
  private final int calls;
  private int jobs;

  private CaptionJobs(Path folder, JobSpec spec, Workplace workplace, int calls) {
    this.folder = folder;
    this.spec = spec;
    this.workplace = workplace;
    this.calls = calls;
  }

  /// @param calls seeds of each job
  /// @param inFlight calls at a time
  static CaptionJobs open(EndpointProcess endpoint, int calls, int inFlight) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("bench"), ".calls-");
    Files.write(
        folder.resolve("seeds.txt"),
        IntStream.range(0, calls).mapToObj(CaptionJobs::seed).toList());
    JobSpec spec =
        JobFile.parse(
            "name = calls, seeds = [ { file = seeds.txt } ], caption { endpoint = instant }, instruct { tasks {} }, embed { encoder = none }, dataset { formats = [parquet] }",
            "calls.conf");
    return new CaptionJobs(folder, spec, workplace(endpoint, inFlight, folder, spec), calls);
  }

  private static Workplace workplace(
      EndpointProcess endpoint, int inFlight, Path folder, JobSpec spec) throws Exception {
    return Workplace.open(
        deployment(endpoint, inFlight, folder), new ModelStore(folder), spec, Progress.NONE);
  }

  private static Deployment deployment(EndpointProcess endpoint, int inFlight, Path folder)
      throws ConfigException {
    return DeploymentFile.parse(
        "endpoints { instant { kind = openai, url = \""
            + endpoint.url()
            + "\", model = instant, max_in_flight = "
            + inFlight
            + " } }",
        folder);
  }

  Workplace workplace() {
    return workplace;
  }

  JobSpec spec() {
    return spec;
  }

  static String seed(int number) {
    return "a wooden rowing boat, number " + number + ", tied to a jetty on a calm lake at dawn";
  }

  /// Runs one job.
  ///
  /// @param watch shown the job as it stands, again and again
  /// @return once every call is settled, each reply durable and judged; `finish` waits for the rest
  Running settled(Watch watch) throws Exception {
    JobId id = new JobId("job-" + jobs++);
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    ActorRef<Job.Command> job =
        Spawning.spawn(
            workplace.system(),
            Job.open(
                workplace.setup(
                    id,
                    new JobFile(spec, folder),
                    folder.resolve(id.value()),
                    folder.resolve(id + "-dataset"),
                    "bench"),
                end),
            "job-" + id);
    while (!end.isDone()) {
      JobStatus status =
          AskPattern.<Job.Command, JobStatus>ask(
                  job, Job.Watch::new, ASK_TIMEOUT, workplace.system().scheduler())
              .toCompletableFuture()
              .get();
      watch.shown(status);
      if (status.progress().captionsSettled() == calls) {
        break;
      }
      waitFor(end);
    }
    return new Running(end, calls);
  }

  private static void waitFor(CompletableFuture<JobEnd> end) throws Exception {
    try {
      end.get(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // It goes on.
    }
  }

  /// What looks at a running job.
  interface Watch {
    void shown(JobStatus status);
  }

  /// A job whose dataset is still being made.
  record Running(CompletableFuture<JobEnd> end, int calls) {
    void finish() throws Exception {
      if (!(end.get() instanceof JobEnd.Completed completed)
          || completed.progress().captionsAccepted() != calls) {
        throw new IllegalStateException("the job did not complete: " + end.get());
      }
    }
  }

  @Override
  public void close() throws IOException {
    workplace.close();
    List<Path> bottomUp;
    try (Stream<Path> tree = Files.walk(folder)) {
      bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : bottomUp) {
      Files.delete(path);
    }
  }
}
