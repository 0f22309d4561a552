package dev.alicorn.engine.transfer;

import java.math.BigInteger;

/// The mean of a corpus of unit vectors, as an additive state: a count, and the sum of each
/// dimension in fixed point.
///
/// Each coordinate is rounded to a multiple of 2^-40 and summed as an integer, so the sum, and with
/// it every bit of the mean, is the same in whatever order rows are added or states merged. Rows
/// gather in float64, whose 53 bits hold the sum of 2^13 such integers exactly and which processors
/// add several at a time, and are flushed to 128 bits from there. The rounding moves the mean by at
/// most 2^-41. Not thread-safe: give each thread its own and merge them.
public final class CorpusMean {
  private static final int FRACTION_BITS = 40;
  private static final double SCALE = 0x1p40;
  private static final int PENDING_MAX = 1 << 13;

  private final double[] pending;
  private final long[] high;
  private final long[] low;
  private int pendingRows;
  private long rows;

  public CorpusMean(int dimension) {
    pending = new double[dimension];
    high = new long[dimension];
    low = new long[dimension];
  }

  public int dimension() {
    return pending.length;
  }

  /// How many rows were added.
  public long rows() {
    return rows;
  }

  public void add(UnitVector row) {
    requireDimension(row.dimension());
    for (int j = 0; j < pending.length; j++) {
      pending[j] += Math.rint(row.get(j) * SCALE);
    }
    added();
  }

  /// Adds a row of float64 that has unit length, or is zero.
  public void add(double[] row) {
    requireDimension(row.length);
    for (int j = 0; j < pending.length; j++) {
      pending[j] += Math.rint(row[j] * SCALE);
    }
    added();
  }

  /// Adds another state's rows to this one; the other keeps its own.
  public void merge(CorpusMean other) {
    requireDimension(other.dimension());
    flush();
    other.flush();
    for (int j = 0; j < low.length; j++) {
      addTo(j, other.high[j], other.low[j]);
    }
    rows += other.rows;
  }

  /// The mean, shape `[dimension]`; zeros where no row was added.
  public double[] mean() {
    flush();
    double[] mean = new double[low.length];
    if (rows == 0) {
      return mean;
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] = Math.scalb(sum(j) / (double) rows, -FRACTION_BITS);
    }
    return mean;
  }

  private double sum(int j) {
    if (high[j] == low[j] >> 63) {
      return (double) low[j];
    }
    BigInteger unsignedLow = BigInteger.valueOf(low[j]);
    if (low[j] < 0) {
      unsignedLow = unsignedLow.add(BigInteger.ONE.shiftLeft(64));
    }
    return BigInteger.valueOf(high[j]).shiftLeft(64).add(unsignedLow).doubleValue();
  }

  private void added() {
    rows++;
    if (++pendingRows == PENDING_MAX) {
      flush();
    }
  }

  private void flush() {
    for (int j = 0; j < pending.length; j++) {
      long sum = (long) pending[j];
      addTo(j, sum >> 63, sum);
      pending[j] = 0;
    }
    pendingRows = 0;
  }

  private void addTo(int j, long addedHigh, long addedLow) {
    long sum = low[j] + addedLow;
    long carry = Long.compareUnsigned(sum, addedLow) < 0 ? 1 : 0;
    low[j] = sum;
    high[j] += addedHigh + carry;
  }

  private void requireDimension(int dimension) {
    if (dimension != pending.length) {
      throw new IllegalArgumentException(
          "a mean of " + pending.length + " dimensions cannot take " + dimension);
    }
  }
}
