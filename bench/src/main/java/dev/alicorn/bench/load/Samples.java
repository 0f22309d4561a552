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

  /// What is timed.
  interface Work {
    void run() throws Exception;
  }

  /// A round that is made in this process.
  static Sample measured(int calls, Work work) throws Exception {
    long cpu = MACHINE.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Sample(calls / seconds, (MACHINE.getProcessCpuTime() - cpu) / 1e3 / calls);
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
