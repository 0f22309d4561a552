package dev.alicorn.gateway.cli;

import dev.alicorn.engine.dataset.Findings;
import dev.alicorn.engine.dataset.Ladder;
import dev.alicorn.engine.dataset.Truncation;
import java.io.PrintWriter;
import java.util.Locale;
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

  /// A line for captions and one for samples that have faults which the filters report.
  static void printFindings(PrintWriter out, Findings findings) {
    print(out, findings.captions(), "captions");
    print(out, findings.samples(), "samples");
  }

  /// A line where captions are longer than the encoder reads, with their share.
  static void printTruncation(PrintWriter out, Truncation truncation, Map<String, Long> captions) {
    long exported = captions.getOrDefault("exported", 0L);
    if (truncation.captions() > 0 && exported > 0) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %d captions (%.1f %%) are longer than the %d tokens that the encoder reads: their vectors are of their beginnings",
              truncation.captions(),
              100.0 * truncation.captions() / exported,
              truncation.tokensMax()));
    }
  }

  private static void print(PrintWriter out, Map<String, Long> findings, String kind) {
    if (!findings.isEmpty()) {
      out.println(
          findings.entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey())
              .collect(Collectors.joining(", ", "  faults let pass in " + kind + ": ", "")));
    }
  }

  /// One line: how far down the JSON ladder the samples were found; none where nothing was asked.
  static void printLadder(PrintWriter out, Ladder ladder) {
    if (ladder.equals(new Ladder(0, 0, 0, 0))) {
      return;
    }
    out.println(
        "  instruct replies: "
            + ladder.asAsked()
            + " as asked, "
            + ladder.repaired()
            + " repaired, "
            + ladder.reasked()
            + " asked again, "
            + ladder.quarantined()
            + " quarantined");
  }
}
