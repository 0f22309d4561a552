package dev.alicorn.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Row;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Calls through the engine, journal on, against an endpoint that answers at once, beside the bare
/// Pekko HTTP client making the same calls to it in the same process; and what a call in flight
/// weighs while it waits for a slow endpoint.
public final class CallsBench implements Bench {
  private static final int CALLS = 30_000;
  private static final int ROUNDS = 3;
  private static final List<Integer> IN_FLIGHT = List.of(64, 256);

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
    List<Row> rows = new ArrayList<>();
    for (int inFlight : IN_FLIGHT) {
      rows.addAll(atOnce(inFlight));
    }
    rows.add(CallsInFlight.measured());
    return new BenchResult(
        name(),
        rows,
        List.of(
            CALLS
                + " calls a round, median of "
                + ROUNDS
                + " rounds in turn after one that warms up; the row's number is how many are in flight; the endpoint is a process of its own on the same cores.",
            "engine: a job until its last call is settled: seeds read, journaled and read back, a call a seed under its limits, each reply durable before it is judged.",
            "whole_job: the same until its dataset is written, as Parquet.",
            "cpu_us_per_call is the processor time of the measuring process alone, of_bare_ratio the rate against the bare client's.",
            CallsInFlight.REMARK));
  }

  private List<Row> atOnce(int inFlight) throws Exception {
    List<Sample> bare = new ArrayList<>();
    List<Sample> settled = new ArrayList<>();
    List<Sample> whole = new ArrayList<>();
    try (EndpointProcess endpoint = EndpointProcess.start();
        CaptionJobs jobs = CaptionJobs.open(endpoint, CALLS, inFlight)) {
      // The first round of each warms the code up and is left out.
      for (int round = 0; round <= ROUNDS; round++) {
        Stopwatch client = new Stopwatch();
        BareClient.calls(
            jobs.workplace().system(), endpoint.url(), jobs.spec().caption(), CALLS, inFlight);
        Sample ofClient = client.read();
        Stopwatch engine = new Stopwatch();
        CaptionJobs.Running job = jobs.settled(_ -> {});
        Sample ofCalls = engine.read();
        job.finish();
        Sample ofJob = engine.read();
        if (round > 0) {
          bare.add(ofClient);
          settled.add(ofCalls);
          whole.add(ofJob);
        }
      }
    }
    double bareRate = median(bare, Sample::callsPerSecond);
    return List.of(
        row("bare_client_" + inFlight, bare),
        row("engine_" + inFlight, settled)
            .and("of_bare_ratio", median(settled, Sample::callsPerSecond) / bareRate),
        row("whole_job_" + inFlight, whole)
            .and("of_bare_ratio", median(whole, Sample::callsPerSecond) / bareRate));
  }

  private record Sample(double callsPerSecond, double cpuMicrosPerCall) {}

  /// Wall and processor time since it was made, over the calls of a round.
  private final class Stopwatch {
    private final long cpuNanos = machine.getProcessCpuTime();
    private final long startNanos = System.nanoTime();

    Sample read() {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      return new Sample(CALLS / seconds, (machine.getProcessCpuTime() - cpuNanos) / 1e3 / CALLS);
    }
  }

  private static Row row(String name, List<Sample> samples) {
    return Row.of(name, "calls_per_s", median(samples, Sample::callsPerSecond))
        .and("cpu_us_per_call", median(samples, Sample::cpuMicrosPerCall));
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
