package dev.alicorn.engine.report;

import dev.alicorn.engine.report.Chart.Bar;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The captions by where they come from.
final class Composition {
  private static final int NAMES_MAX = 1000;
  private static final int BARS_MAX = 30;
  private static final String OTHERS = "(others)";
  private static final String NO_LINEAGE =
      "only the Parquet files say where rows come from; replay with --formats parquet";

  private final Names sources = new Names();
  private final Names domains = new Names();
  private final Names models = new Names();

  /// Captions by name; names beyond a bound count as one.
  private static final class Names {
    private final Map<String, Long> counts = new TreeMap<>();

    private void add(String name) {
      boolean known = counts.size() < NAMES_MAX || counts.containsKey(name);
      counts.merge(known ? name : OTHERS, 1L, Long::sum);
    }

    private Chart.Bars bars(String key, String title) {
      List<Bar> bars =
          counts.entrySet().stream()
              .map(count -> new Bar(count.getKey(), count.getValue()))
              .sorted(Comparator.comparingLong(Bar::count).reversed())
              .toList();
      if (bars.size() > BARS_MAX) {
        long rest = bars.stream().skip(BARS_MAX - 1).mapToLong(Bar::count).sum();
        Bar last = new Bar((bars.size() - BARS_MAX + 1) + " others", rest);
        bars = Stream.concat(bars.stream().limit(BARS_MAX - 1), Stream.of(last)).toList();
      }
      return new Chart.Bars(Group.COMPOSITION, key, title, bars, 0);
    }

    private double effective() {
      double total = counts.values().stream().mapToLong(Long::longValue).sum();
      double entropy = 0;
      for (long count : counts.values()) {
        entropy -= count / total * Math.log(count / total);
      }
      return Math.exp(entropy);
    }
  }

  void add(Optional<String> source, Optional<String> domain, Optional<String> model) {
    source.ifPresent(sources::add);
    domain.ifPresent(domains::add);
    model.ifPresent(models::add);
  }

  void into(Figures figures) {
    into(figures, sources, CompositionMeasure.SOURCES, "sources", "Captions by seed source");
    into(figures, domains, CompositionMeasure.DOMAINS, "domains", "Captions by domain");
    into(figures, models, CompositionMeasure.MODELS, "models", "Captions by model");
    if (!domains.counts.isEmpty()) {
      figures.put(CompositionMeasure.DOMAINS, domains.effective());
    } else if (!sources.counts.isEmpty()) {
      figures.absent(CompositionMeasure.DOMAINS, "no seed has a domain");
    }
  }

  private static void into(
      Figures figures, Names names, CompositionMeasure measure, String key, String title) {
    if (names.counts.isEmpty()) {
      figures.absent(measure, NO_LINEAGE);
    } else {
      figures.put(measure, names.counts.size());
      figures.add(names.bars(key, title));
    }
  }
}
