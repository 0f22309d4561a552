package dev.alicorn.gateway.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;

/// How a dataset's outcomes are told.
final class Outcomes {
  private Outcomes() {}

  /// One line: what was exported, then what was not and why.
  static void print(PrintWriter out, String kind, Map<String, Long> counts) {
    String others =
        counts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals("exported"))
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    out.println(
        "  "
            + counts.getOrDefault("exported", 0L)
            + " "
            + kind
            + (others.isEmpty() ? "" : "; not exported: " + others));
  }
}
