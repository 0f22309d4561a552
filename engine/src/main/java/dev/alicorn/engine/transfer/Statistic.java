package dev.alicorn.engine.transfer;

import java.util.List;

/// A float64 tensor that a method was fitted to.
public final class Statistic {
  private final List<Integer> shape;
  private final double[] values;

  private Statistic(List<Integer> shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /// Shape `[length]`.
  public static Statistic vector(double... values) {
    return new Statistic(List.of(values.length), values.clone());
  }

  /// Shape `[rows, length]`; at least one row, all of one length.
  static Statistic matrix(List<double[]> rows) {
    int length = rows.getFirst().length;
    double[] values = new double[rows.size() * length];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * length, length);
    }
    return new Statistic(List.of(rows.size(), length), values);
  }

  /// Whether it is a single number, of shape `[1]`.
  public boolean isScalar() {
    return shape.equals(List.of(1));
  }

  public List<Integer> shape() {
    return shape;
  }

  /// All values, the last index running fastest.
  public double[] values() {
    return values.clone();
  }
}
