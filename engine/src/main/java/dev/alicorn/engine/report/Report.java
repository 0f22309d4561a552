package dev.alicorn.engine.report;

import java.util.List;

/// What was found of one dataset, with a verdict for each group.
record Report(About about, Figures figures, List<Verdict> verdicts) {
  Report {
    verdicts = List.copyOf(verdicts);
  }

  static Report of(About about, Figures figures) {
    return new Report(about, figures, Verdict.of(figures));
  }

  Verdict verdict(Group group) {
    return verdicts.stream().filter(verdict -> verdict.group() == group).findFirst().orElseThrow();
  }
}
