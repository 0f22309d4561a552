package dev.alicorn.bench.measure;

import java.util.List;

/// A measurement that can be asked for by name.
public interface Bench {
  /// What `bench/run` calls it.
  String name();

  /// What it measures, in one line.
  String subject();

  /// Measures, from the checkout's root as the current folder.
  BenchResult run() throws Exception;

  /// Measures as further words of the command line have it; most benches know none.
  ///
  /// @throws BadUsageException when the bench does not know a word
  default BenchResult run(List<String> words) throws Exception {
    if (!words.isEmpty()) {
      throw new BadUsageException(name() + " does not know " + words);
    }
    return run();
  }
}
