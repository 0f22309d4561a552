package dev.alicorn.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.DeploymentFile;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.gateway.wiring.Spawning;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Calls through the engine, journal on, against an endpoint that answers at once, beside the bare
/// Pekko HTTP client making the same calls to it in the same process.
public final class CallsBench implements Bench {
  private static final int CALLS = 30_000;
  private static final int ROUNDS = 3;
  private static final int IN_FLIGHT = 64;

  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public String subject() {
    return "calls through the engine, journal on, beside the bare client";
  }

  @Override
  public BenchResult run() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("bench"), ".calls-");
    try (EndpointProcess endpoint = EndpointProcess.start()) {
      Path seeds = folder.resolve("seeds.txt");
      Files.write(seeds, IntStream.range(0, CALLS).mapToObj(CallsBench::seed).toList());
      JobSpec spec =
          JobFile.parse(
              "name = calls, seeds = [ { file = seeds.txt } ], caption { endpoint = instant }, instruct { tasks {} }, embed { encoder = none }, dataset { formats = [parquet] }",
              "calls.conf");
      Deployment deployment = DeploymentFile.parse(deployment(endpoint.url()), folder);
      List<Sample> bare = new ArrayList<>();
      List<Sample> engine = new ArrayList<>();
      try (Workplace workplace =
          Workplace.open(deployment, new ModelStore(folder), spec, Progress.NONE)) {
        // The first round of each warms the code up and is left out.
        for (int round = 0; round <= ROUNDS; round++) {
          JobId id = new JobId("round-" + round);
          Sample ofClient =
              measured(() ->
                  BareClient.calls(
                      workplace.system(), endpoint.url(), spec.caption(), CALLS, IN_FLIGHT));
          Sample ofEngine = measured(() -> job(workplace, new JobFile(spec, folder), id, folder));
          if (round > 0) {
            bare.add(ofClient);
            engine.add(ofEngine);
          }
        }
      }
      Row ofClient = row("bare_client", bare);
      Row ofEngine = row("engine", engine);
      double ratio = median(engine, Sample::callsPerSecond) / median(bare, Sample::callsPerSecond);
      return new BenchResult(
          name(),
          List.of(ofClient, ofEngine.and("of_bare_ratio", ratio)),
          List.of(
              CALLS
                  + " calls a round, "
                  + IN_FLIGHT
                  + " in flight, median of "
                  + ROUNDS
                  + " rounds in turn after one that warms up; the endpoint is a process of its own on the same cores.",
              "engine is a whole job: seeds read and journaled, a call a seed under its limits, each reply durable before it is judged, and the dataset written at the end.",
              "cpu_us_per_call is the processor time of the measuring process alone."));
    } finally {
      delete(folder);
    }
  }

  private static void job(Workplace workplace, JobFile job, JobId id, Path folder)
      throws Exception {
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    Spawning.spawn(
        workplace.system(),
        Job.open(
            workplace.setup(
                id, job, folder.resolve(id.value()), folder.resolve(id + "-dataset"), "bench"),
            end),
        "job-" + id);
    if (!(end.get() instanceof JobEnd.Completed completed)
        || completed.progress().captionsAccepted() != CALLS) {
      throw new IllegalStateException("the job did not complete: " + end.get());
    }
  }

  private static String seed(int number) {
    return "a wooden rowing boat, number " + number + ", tied to a jetty on a calm lake at dawn";
  }

  private static String deployment(URI url) {
    return "endpoints { instant { kind = openai, url = \""
        + url
        + "\", model = instant, max_in_flight = "
        + IN_FLIGHT
        + " } }";
  }

  private record Sample(double callsPerSecond, double cpuMicrosPerCall) {}

  private Sample measured(Work work) throws Exception {
    long cpu = machine.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Sample(CALLS / seconds, (machine.getProcessCpuTime() - cpu) / 1e3 / CALLS);
  }

  private static Row row(String name, List<Sample> samples) {
    return Row.of(name, "calls_per_s", median(samples, Sample::callsPerSecond))
        .and("cpu_us_per_call", median(samples, Sample::cpuMicrosPerCall));
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// What is timed.
  private interface Work {
    void run() throws Exception;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> bottomUp;
    try (Stream<Path> tree = Files.walk(folder)) {
      bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : bottomUp) {
      Files.delete(path);
    }
  }
}
