package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.read.Flaw;
import dev.alicorn.engine.dataset.read.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Where checks put what they find. The first [#LISTED_MAX] of each check are passed on at once,
/// the others counted, so that any number of them fits.
final class Findings {
  static final int LISTED_MAX = 20;

  private final Consumer<Finding> sink;
  private final List<String> warnings = new ArrayList<>();
  private final Map<Check, Long> counts = new EnumMap<>(Check.class);
  private final Set<Finding> ofFiles = new HashSet<>();

  Findings(Consumer<Finding> sink) {
    this.sink = sink;
  }

  void add(Finding finding) {
    // A file that is read for its rows and for its vectors is found damaged twice.
    if (finding.row() == 0 && !ofFiles.add(finding)) {
      return;
    }
    if (counts.merge(finding.check(), 1L, Long::sum) <= LISTED_MAX) {
      sink.accept(finding);
    }
  }

  void add(Check check, Place place, String id, String message) {
    add(new Finding(check, place.file(), place.row(), id, message));
  }

  void add(Check check, String file, String message) {
    add(new Finding(check, file, 0, "", message));
  }

  void add(Flaw flaw) {
    add(Check.of(flaw.fault()), flaw.place(), flaw.id(), flaw.message());
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// How many findings of a check were not passed on.
  Map<Check, Long> unlisted() {
    Map<Check, Long> unlisted = new EnumMap<>(Check.class);
    counts.forEach((check, count) -> {
      if (count > LISTED_MAX) {
        unlisted.put(check, count - LISTED_MAX);
      }
    });
    return Collections.unmodifiableMap(unlisted);
  }

  List<String> warnings() {
    return warnings;
  }
}
