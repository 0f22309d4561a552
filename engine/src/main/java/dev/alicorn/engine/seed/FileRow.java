package dev.alicorn.engine.seed;

import java.util.Optional;

/// One row of a seed file, as its format gives it.
sealed interface FileRow {
  /// As [SeedRow#key].
  String key();

  /// A row that could be read.
  ///
  /// @param text its caption
  /// @param group what the caption is about; empty where the row does not say it or nobody asked
  record Caption(String key, String text, Optional<String> group) implements FileRow {}

  /// A row that is broken or has no caption, and why.
  record Broken(String key, String reason) implements FileRow {}
}
