package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.util.ArrayList;
import java.util.List;

/// Calls through the engine, journal on, against an endpoint that answers at once, beside the bare
/// Pekko HTTP client making the same calls to it in the same process; and what a call in flight
/// weighs while it waits for a slow endpoint.
public final class CallsBench implements Bench {
  private static final int CALLS = 30_000;
  private static final int ROUNDS = 3;
  private static final List<Integer> IN_FLIGHT = List.of(64, 256);

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
                + " calls a round, "
                + ROUNDS
                + " rounds in turn after one that warms up; the row's number is how many are in flight; the endpoint is a process of its own on the same cores.",
            "engine: a job until its last call is settled: seeds read, journaled and read back, a call a seed under its limits, each reply durable before it is judged.",
            "whole_job: the same until its dataset is written, as Parquet.",
            "cpu_us_per_call is the processor time of the measuring process alone, of_bare_ratio the median rate against the bare client's.",
            CallsInFlight.REMARK));
  }

  private List<Row> atOnce(int inFlight) throws Exception {
    Samples bare = new Samples();
    Samples settled = new Samples();
    Samples whole = new Samples();
    try (Scratch scratch = Scratch.create(name());
        EndpointProcess endpoint = EndpointProcess.start();
        LoadedEngine engine = CaptionJob.engine(scratch.folder(), endpoint, CALLS, inFlight)) {
      // The first round of each warms the code up and is left out.
      for (int round = 0; round <= ROUNDS; round++) {
        Samples.Stopwatch client = Samples.start(CALLS);
        BareClient.calls(engine.system(), endpoint.url(), engine.spec().caption(), CALLS, inFlight);
        Samples.Sample ofClient = client.read();
        Samples.Stopwatch ours = Samples.start(CALLS);
        RunningJob job = engine.start("round-" + round);
        job.untilSettled(CALLS, _ -> {});
        Samples.Sample ofCalls = ours.read();
        CaptionJob.requireAll(job.completed(), CALLS);
        Samples.Sample ofJob = ours.read();
        if (round > 0) {
          bare.add(ofClient);
          settled.add(ofCalls);
          whole.add(ofJob);
        }
      }
    }
    double bareRate = bare.medianCallsPerSecond();
    return List.of(
        bare.row("bare_client_" + inFlight),
        settled
            .row("engine_" + inFlight)
            .and("of_bare_ratio", settled.medianCallsPerSecond() / bareRate),
        whole
            .row("whole_job_" + inFlight)
            .and("of_bare_ratio", whole.medianCallsPerSecond() / bareRate));
  }
}
