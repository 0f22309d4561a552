package dev.alicorn.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.alicorn.bench.measure.BadUsageException;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.engine.llm.SimulationRun;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// How much of an advertised limit the engine uses, minute by minute over real sockets; and the
/// scheduler's promises in many simulated worlds.
public final class LimitsBench implements Bench {
  private static final long REQUESTS_PER_MINUTE = 3000;
  private static final long TOKENS_PER_MINUTE = 600_000;
  private static final long CALLS_PER_MINUTE_MAX = 6000;
  private static final int MINUTES = 5;
  private static final long SEEDS = 1_000_000;
  private static final long FIRST_SEED = 1;

  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public String subject() {
    return "share of an advertised limit that is used; simulated worlds [--minutes N --seeds N]";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int minutes = MINUTES;
    long seeds = SEEDS;
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new BadUsageException(words.get(i) + " needs a number");
      }
      long value = number(words.get(i + 1));
      switch (words.get(i)) {
        case "--minutes" -> minutes = Math.toIntExact(value);
        case "--seeds" -> seeds = value;
        default -> throw new BadUsageException("limits does not know " + words.get(i));
      }
    }
    List<Row> rows = new ArrayList<>();
    if (minutes > 0) {
      String requests = "--requests-per-minute " + REQUESTS_PER_MINUTE;
      rows.add(
          limited("requests", requests, REQUESTS_PER_MINUTE, LimitedRun.Sample::served, minutes));
      String tokens = "--tokens-per-minute " + TOKENS_PER_MINUTE;
      rows.add(limited("tokens", tokens, TOKENS_PER_MINUTE, LimitedRun.Sample::tokens, minutes));
    }
    List<String> remarks =
        new ArrayList<>(
            List.of(
                "requests and tokens are limits that the endpoint names in its headers and holds its callers to over any 60 s ("
                    + REQUESTS_PER_MINUTE
                    + " requests, "
                    + TOKENS_PER_MINUTE
                    + " tokens); the engine learns them from the first reply. The first minute is left out of used_share, not of share_429.",
                "simulation runs the scheduler on virtual time in worlds of chance, each from its seed, "
                    + FIRST_SEED
                    + " and on: several endpoints and jobs, headers or none, faults, storms, lost calls, dead endpoints."));
    if (seeds > 0) {
      long cpu = machine.getProcessCpuTime();
      SimulationRun run = SimulationRun.of(FIRST_SEED, seeds);
      double cpuMillis = (machine.getProcessCpuTime() - cpu) / 1e6;
      rows.add(
          Row.of("simulation", "seeds", (double) seeds)
              .and("events", (double) run.events())
              .and("violations", (double) run.violationCount())
              .and("cpu_ms_per_seed", cpuMillis / seeds));
      remarks.addAll(run.violations());
    }
    return new BenchResult(name(), rows, remarks);
  }

  private static Row limited(
      String name,
      String limit,
      long perMinute,
      ToLongFunction<LimitedRun.Sample> used,
      int minutes)
      throws Exception {
    List<LimitedRun.Sample> samples =
        LimitedRun.sampled(List.of(limit.split(" ", -1)), CALLS_PER_MINUTE_MAX, minutes);
    double least = Double.POSITIVE_INFINITY;
    for (int minute = 2; minute < samples.size(); minute++) {
      long within =
          used.applyAsLong(samples.get(minute)) - used.applyAsLong(samples.get(minute - 1));
      least = Math.min(least, within / (double) perMinute);
    }
    LimitedRun.Sample second = samples.get(1);
    LimitedRun.Sample last = samples.getLast();
    double mean =
        (used.applyAsLong(last) - used.applyAsLong(second)) / (double) perMinute / minutes;
    return Row.of(name, "minutes", minutes)
        .and("mean_used_share", mean)
        .and("least_used_share", least)
        .and("share_429", last.refused() / (double) last.requests());
  }

  private static long number(String word) throws BadUsageException {
    try {
      return Long.parseUnsignedLong(word);
    } catch (NumberFormatException _) {
      throw new BadUsageException(word + " is no whole number");
    }
  }
}
