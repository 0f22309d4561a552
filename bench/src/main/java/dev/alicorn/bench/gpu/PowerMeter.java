package dev.alicorn.bench.gpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// What the first device draws while this is open, as `nvidia-smi` reads it five times a second.
final class PowerMeter implements AutoCloseable {
  private static final List<String> COMMAND =
      List.of(
          "nvidia-smi",
          "-i",
          "0",
          "--query-gpu=power.draw",
          "--format=csv,noheader,nounits",
          "-lms",
          "200");

  private final DoubleAdder watts = new DoubleAdder();
  private final LongAdder readings = new LongAdder();
  private final Runnable end;

  PowerMeter() {
    this.end = start();
  }

  /// The mean so far; empty where it cannot be read.
  OptionalDouble watts() {
    long count = readings.sum();
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(watts.sum() / count);
  }

  @Override
  public void close() {
    end.run();
  }

  private Runnable start() {
    Process process;
    try {
      process = new ProcessBuilder(COMMAND).redirectErrorStream(true).start();
    } catch (IOException _) {
      return () -> {};
    }
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::read);
          } catch (IOException | UncheckedIOException _) {
            // It was ended.
          }
        });
    return process::destroyForcibly;
  }

  private void read(String line) {
    if (line.strip().matches("[0-9]+([.][0-9]+)?")) {
      watts.add(Double.parseDouble(line.strip()));
      readings.increment();
    }
  }
}
