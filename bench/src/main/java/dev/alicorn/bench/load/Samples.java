package dev.alicorn.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.alicorn.bench.measure.Row;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// The rounds of one client of an endpoint.
final class Samples {
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final List<Sample> rounds = new ArrayList<>();

  /// One round.
  ///
  /// @param cpuMicrosPerCall processor time of the client's process and its children
  record Sample(double callsPerSecond, double cpuMicrosPerCall) {}

  /// Wall time and this process's processor time from its making on.
  record Stopwatch(int calls, long cpuNanos, long startNanos) {
    Sample read() {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      return new Sample(calls / seconds, (MACHINE.getProcessCpuTime() - cpuNanos) / 1e3 / calls);
    }
  }

  /// Begins a round of so many calls that is made in this process.
  static Stopwatch start(int calls) {
    return new Stopwatch(calls, MACHINE.getProcessCpuTime(), System.nanoTime());
  }

  void add(Sample round) {
    rounds.add(round);
  }

  double medianCallsPerSecond() {
    return Objects.requireNonNull(row("").figures().get("median_calls_per_s"));
  }

  Row row(String name) {
    Row row = new Row(name, spread(Sample::callsPerSecond, "calls_per_s").figures());
    Row cpu = spread(Sample::cpuMicrosPerCall, "cpu_us_per_call");
    for (Map.Entry<String, Double> figure : cpu.figures().entrySet()) {
      row = row.and(figure.getKey(), figure.getValue());
    }
    return row;
  }

  private Row spread(ToDoubleFunction<Sample> figure, String unit) {
    return Row.spread("", unit, rounds.stream().mapToDouble(figure).toArray());
  }
}
