package dev.alicorn.engine.replay;

import dev.alicorn.engine.judge.Outcome.Part;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How often each outcome came, by its name.
final class OutcomeCounts {
  private final Map<String, Long> counts = new TreeMap<>();

  void add(Part<?> part) {
    add(part.name());
  }

  void add(String outcome) {
    counts.merge(outcome, 1L, Long::sum);
  }

  void add(String outcome, long count) {
    counts.merge(outcome, count, Long::sum);
  }

  void addAll(OutcomeCounts others) {
    others.counts.forEach((outcome, count) -> counts.merge(outcome, count, Long::sum));
  }

  long of(String outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  Map<String, Long> toMap() {
    return Collections.unmodifiableMap(counts);
  }
}
