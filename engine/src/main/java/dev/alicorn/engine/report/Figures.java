package dev.alicorn.engine.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What was found of one dataset: a number, or the reason why there is none, for each measure; and
/// what is shown beside the numbers.
final class Figures {
  private static final String NOTHING_COUNTED = "there is nothing to count";

  private final Map<Measure, Double> values = new HashMap<>();
  private final Map<Measure, String> absences = new HashMap<>();
  private final List<Chart> charts = new ArrayList<>();
  private final List<Examples> examples = new ArrayList<>();

  /// Rows that are shown because they are worst.
  ///
  /// @param title what they are the worst of
  record Examples(Group group, String key, String title, List<Worst.Row> rows) {
    Examples {
      rows = List.copyOf(rows);
    }
  }

  /// Sets a figure; one that is no finite number, as a mean of nothing, has none.
  void put(Measure measure, double value) {
    if (Double.isFinite(value)) {
      values.put(measure, value);
    } else {
      absent(measure, NOTHING_COUNTED);
    }
  }

  /// @param why a clause for the user
  void absent(Measure measure, String why) {
    absences.put(measure, why);
  }

  void add(Chart chart) {
    charts.add(chart);
  }

  void add(Group group, String key, String title, Worst worst) {
    List<Worst.Row> rows = worst.rows();
    if (!rows.isEmpty()) {
      examples.add(new Examples(group, key, title, rows));
    }
  }

  OptionalDouble value(Measure measure) {
    Double value = values.get(measure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// Why a measure has no number.
  Optional<String> absence(Measure measure) {
    return values.containsKey(measure)
        ? Optional.empty()
        : Optional.of(absences.getOrDefault(measure, NOTHING_COUNTED));
  }

  List<Chart> charts() {
    return Collections.unmodifiableList(charts);
  }

  List<Examples> examples() {
    return Collections.unmodifiableList(examples);
  }
}
