package dev.alicorn.engine.report;

import java.util.OptionalLong;

/// Is told how far a report is, by the thread that makes it, some hundred rows apart.
@FunctionalInterface
public interface ReportListener {

  /// What is read for a report, one behind the other; of two datasets each.
  enum Stage {
    CAPTIONS,
    INSTRUCTIONS,
    VECTORS
  }

  /// Says how far a stage is.
  ///
  /// @param done rows that are read, of both datasets
  /// @param total rows that there are in both; empty where that is not known
  void at(Stage stage, long done, OptionalLong total);
}
