package dev.alicorn.bench.micro;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Row;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// All JMH benchmarks of this package, in forks with this JVM's own options.
public final class MicroBench implements Bench {
  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String subject() {
    return "JMH benchmarks of single operations";
  }

  @Override
  public BenchResult run() throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + MicroBench.class.getPackageName().replace(".", "\\.") + "\\.")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(3)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(3)
        .measurementTime(TimeValue.seconds(1))
        .verbosity(VerboseMode.SILENT);
    List<Row> rows = new Runner(options.build()).run().stream().map(MicroBench::row).toList();
    return new BenchResult(
        name(),
        rows,
        List.of(
            "Average time, 3 forks of 3 iterations of 1 s; error_ns is half the 99.9 % interval."));
  }

  private static Row row(RunResult result) {
    Result<?> score = result.getPrimaryResult();
    return Row.of(rowName(result.getParams().getBenchmark()), "mean_ns", score.getScore())
        .and("error_ns", score.getScoreError());
  }

  /// `…ContentHashBenchmark.kibibyte` is `content_hash_kibibyte`.
  private static String rowName(String benchmark) {
    String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
    String subject = type.substring(type.lastIndexOf('.') + 1).replaceFirst("Benchmark$", "");
    return (subject + "_" + method)
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
