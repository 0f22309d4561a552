package dev.alicorn.engine.seed;

import java.util.Optional;

/// One row of a seed source.
public sealed interface SeedRow {
  /// Index of the source in the job's `seeds`, from 0.
  int source();

  /// The row within its source, from 1: the line that it begins in, or its place in a JSON array or
  /// a Parquet file. A label's is `domain/label/template`.
  String key();

  /// A row that is a seed.
  record Seed(int source, String key, String text, Optional<String> domain) implements SeedRow {}

  /// A row that is no seed, and why; what is special to the row stands behind a colon.
  record Refused(int source, String key, String reason) implements SeedRow {
    /// The reason without what is special to the row: there are few of them.
    public String kind() {
      int colon = reason.indexOf(": ");
      return colon < 0 ? reason : reason.substring(0, colon);
    }
  }

  /// A row that would be a seed, but that the job does not want: of a group that has a better one,
  /// a text that is there already, or one that its filter is against. There are few reasons.
  ///
  /// It follows from the sources and the job's spec, and so is no fact of the job.
  record LeftOut(int source, String key, String reason) implements SeedRow {}
}
