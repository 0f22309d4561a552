package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.read.Place;
import dev.alicorn.protocol.Embedding;
import java.util.List;
import java.util.Optional;

/// What one shard's vectors have in common: how many have unit length, and the length of their
/// mean.
final class ShardStatistics {
  /// How far from 1 a length may be and still be a unit, float16 rounding allowed for.
  private static final double UNIT_TOLERANCE = 2e-3;

  /// How far shards' means may differ in length: far more than subjects do, far less than a shift.
  private static final double SHIFT_TOLERANCE = 0.35;

  private final String name;
  private final double[] sum;
  private long rows;
  private double norms;
  private long notUnit;
  private long firstNotUnitRow;
  private String firstNotUnitId = "";

  ShardStatistics(String name, int dimension) {
    this.name = name;
    sum = new double[dimension];
  }

  String name() {
    return name;
  }

  void add(long row, String id, Embedding vector) {
    double squares = 0;
    for (int j = 0; j < sum.length; j++) {
      float value = vector.get(j);
      sum[j] += value;
      squares += (double) value * value;
    }
    double norm = Math.sqrt(squares);
    rows++;
    norms += norm;
    if (Math.abs(norm - 1) > UNIT_TOLERANCE && notUnit++ == 0) {
      firstNotUnitRow = row;
      firstNotUnitId = id;
    }
  }

  /// The length of the mean, relative to the rows' own lengths: 0 for vectors all around, 1 for
  /// vectors all alike.
  private double concentration() {
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    return norms == 0 ? 0 : Math.sqrt(squares) / norms;
  }

  /// How far the concentration of rows around zero would be off for want of rows.
  private double noise() {
    return 4 / Math.sqrt((double) rows);
  }

  /// Reports vectors and shards that are unlike the others.
  ///
  /// @param normalised whether all vectors are said to have unit length; empty lets most of them
  ///   decide
  static void compare(List<ShardStatistics> all, Optional<Boolean> normalised, Findings findings) {
    List<ShardStatistics> shards = all.stream().filter(shard -> shard.rows > 0).toList();
    if (shards.isEmpty()) {
      return;
    }
    if (normalised.isEmpty() ? mostlyUnit(shards) : normalised.get()) {
      shards.stream().filter(shard -> shard.notUnit > 0).forEach(shard -> shard.report(findings));
    } else if (normalised.isEmpty()) {
      shards.stream()
          .filter(shard -> shard.notUnit == 0)
          .forEach(shard ->
              findings.add(
                  Check.NOT_NORMALISED,
                  shard.name,
                  "every vector has unit length and most in the other files have not; write"
                      + " all files with one recipe"));
    }
    compareShifts(shards, findings);
  }

  private static boolean mostlyUnit(List<ShardStatistics> shards) {
    long rows = shards.stream().mapToLong(shard -> shard.rows).sum();
    long notUnit = shards.stream().mapToLong(shard -> shard.notUnit).sum();
    return notUnit * 2 < rows;
  }

  private static void compareShifts(List<ShardStatistics> shards, Findings findings) {
    List<Double> concentrations =
        shards.stream().map(ShardStatistics::concentration).sorted().toList();
    double usual = concentrations.get((shards.size() - 1) / 2);
    for (ShardStatistics shard : shards) {
      double off = Math.abs(shard.concentration() - usual);
      if (off > SHIFT_TOLERANCE + shard.noise()) {
        findings.add(
            Check.SHIFTED_DIFFERENTLY,
            shard.name,
            "the mean of its vectors is "
                + rounded(shard.concentration())
                + " of their length, against "
                + rounded(usual)
                + " in the other files; shift all files by one mean");
      }
    }
  }

  private void report(Findings findings) {
    findings.add(
        Check.NOT_NORMALISED,
        new Place(name, firstNotUnitRow),
        firstNotUnitId,
        "the first of "
            + notUnit
            + " vectors in this file that have no unit length; write all with one recipe");
  }

  private static String rounded(double value) {
    return Double.toString(Math.round(value * 100) / 100.0);
  }
}
