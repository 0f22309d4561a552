package dev.alicorn.engine.report;

import java.util.List;

/// What a dataset is, in a few words.
///
/// @param name the job's name, or the folder's
/// @param facts in the order they are shown
record About(String name, List<Fact> facts) {
  About {
    facts = List.copyOf(facts);
  }

  /// @param key its name in `report.json`
  record Fact(String key, String label, String value) {}
}
