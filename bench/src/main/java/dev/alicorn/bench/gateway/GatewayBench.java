package dev.alicorn.bench.gateway;

import dev.alicorn.bench.load.EndpointProcess;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// How long the daemon takes to answer when its list of jobs is long: to a submission, which is
/// durable by then, and to what the page and scripts ask for, at rest and beside a job that runs.
public final class GatewayBench implements Bench {
  private static final int JOBS = 1_000;
  private static final int JOBS_MIN = 10;
  private static final int CLIENTS = 4;
  private static final int GETS = 1_000;
  private static final int BUSY_SEEDS = 1_000_000;
  private static final String JOB =
      """
      {"name": "small", "seeds": [{"file": "small.txt"}], "caption": {"endpoint": "scripted"},
       "instruct": {"tasks": {}}, "embed": {"encoder": "none"}}
      """;
  private static final String BUSY_JOB = JOB.replace("small", "busy");

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String subject() {
    return "the daemon's answers with 1,000 jobs in its list; --jobs N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int jobs = Count.of(name(), "jobs", JOBS, JOBS_MIN, words);
    List<Row> rows = new ArrayList<>();
    try (Scratch scratch = Scratch.create(name());
        EndpointProcess endpoint = EndpointProcess.start(List.of("--latency-ms", "20"))) {
      writeSeeds(scratch.folder());
      try (RunningDaemon daemon = RunningDaemon.start(scratch.folder(), endpoint)) {
        double[] begun = new double[jobs];
        double[] completed = new double[jobs];
        for (int i = 0; i < jobs; i++) {
          long asked = System.nanoTime();
          String job = submitted(daemon, JOB);
          begun[i] = millisSince(asked);
          daemon.get(job + "/events");
          completed[i] = millisSince(asked);
        }
        rows.add(latency("submit_to_201", begun));
        rows.add(latency("submit_to_completed", completed));
      }
      long start = System.nanoTime();
      try (RunningDaemon daemon = RunningDaemon.start(scratch.folder(), endpoint)) {
        rows.add(Row.of("start", "ready_s", (System.nanoTime() - start) / 1e9));
        String job = "/v1/jobs/" + daemon.json("/v1/jobs?limit=1").at("/jobs/0/id").asText();
        rows.addAll(gets("rest", daemon, job));
        String _ = submitted(daemon, BUSY_JOB);
        rows.addAll(gets("busy", daemon, job));
      }
    }
    return new BenchResult(
        name(),
        rows,
        List.of(
            "%d jobs of one seed, one after the other, each waited for by its events; %s; then %d GETs of each path, %d at a time; the client is on the same machine."
                .formatted(jobs, RunningDaemon.HEAP, GETS, CLIENTS),
            "start is the whole process, cold, over all jobs. busy: beside a job of %d seeds at an endpoint that answers after 20 ms, 64 calls in flight."
                .formatted(BUSY_SEEDS)));
  }

  private static void writeSeeds(Path folder) throws IOException {
    Files.writeString(folder.resolve("small.txt"), "a red bicycle leaning on a wall\n");
    Files.write(
        folder.resolve("busy.txt"),
        IntStream.range(0, BUSY_SEEDS)
            .mapToObj(number -> "a wooden rowing boat, number " + number + ", on a calm lake")
            .toList());
  }

  /// Begins a job and gives its path.
  private static String submitted(RunningDaemon daemon, String job)
      throws IOException, InterruptedException {
    HttpResponse<String> created = daemon.post("/v1/jobs", job);
    if (created.statusCode() != 201) {
      throw new IOException("a job was not begun: " + created.body());
    }
    return created.headers().firstValue("Location").orElseThrow();
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  private static List<Row> gets(String when, RunningDaemon daemon, String job) throws Exception {
    Map<String, String> paths = new TreeMap<>();
    paths.put("list", "/v1/jobs?limit=50");
    paths.put("list_1000", "/v1/jobs?limit=1000");
    paths.put("list_paused", "/v1/jobs?state=paused");
    paths.put("job", job);
    paths.put("datasets", job + "/datasets");
    paths.put("records", job + "/records?limit=12");
    paths.put("endpoints", "/v1/endpoints");
    paths.put("metrics", "/metrics");
    paths.put("page", "/");
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, String> path : paths.entrySet()) {
      rows.add(
          latency(
              when + "_" + path.getKey(),
              atOnce(CLIENTS, GETS, () -> answered(daemon, path.getValue()))));
    }
    return rows;
  }

  private static double answered(RunningDaemon daemon, String path)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> answer = daemon.get(path);
    double millis = millisSince(start);
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return millis;
  }

  /// Does something so many times, a few at a time, and gives each result.
  private static double[] atOnce(int clients, int times, Callable<Double> work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      List<Future<Double>> done = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        done.add(pool.submit(work));
      }
      double[] results = new double[times];
      for (int i = 0; i < times; i++) {
        results[i] = done.get(i).get();
      }
      return results;
    }
  }

  private static Row latency(String name, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return Row.of(name, "p50_ms", sorted[sorted.length / 2])
        .and("p99_ms", sorted[sorted.length * 99 / 100])
        .and("max_ms", sorted[sorted.length - 1]);
  }
}
