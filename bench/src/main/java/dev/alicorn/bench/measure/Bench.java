package dev.alicorn.bench.measure;

/// A measurement that can be asked for by name.
public interface Bench {
  /// What `bench/run` calls it.
  String name();

  /// What it measures, in one line.
  String subject();

  /// Measures, from the checkout's root as the current folder.
  BenchResult run() throws Exception;
}
