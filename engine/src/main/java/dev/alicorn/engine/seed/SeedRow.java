package dev.alicorn.engine.seed;

import java.util.Optional;

/// One row of a seed source.
public sealed interface SeedRow {
  /// Index of the source in the job's `seeds`, from 0.
  int source();

  /// The row within its source: its line number, from 1.
  String key();

  /// A row that is a seed.
  record Seed(int source, String key, String text, Optional<String> domain) implements SeedRow {}

  /// A row that is no seed, and why.
  record Refused(int source, String key, String reason) implements SeedRow {}
}
