package dev.alicorn.bench.measure;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One measured thing: its figures by column, in the order in which they were put.
///
/// @param name snake_case; with a column's name behind it, the figure's name in JSON
/// @param figures by column name, which is snake_case and ends in the unit
public record Row(String name, Map<String, Double> figures) {
  public Row {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  public static Row of(String name, String column, double figure) {
    return new Row(name, Map.of(column, figure));
  }

  /// This row with one more figure.
  public Row and(String column, double figure) {
    Map<String, Double> more = new LinkedHashMap<>(figures);
    more.put(column, figure);
    return new Row(name, more);
  }

  /// Smallest, median and largest of some samples.
  ///
  /// @param unit what the samples are in; the columns end in it
  public static Row spread(String name, String unit, double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException(name + ": no samples");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return of(name, "min_" + unit, sorted[0])
        .and("median_" + unit, median)
        .and("max_" + unit, sorted[sorted.length - 1]);
  }
}
