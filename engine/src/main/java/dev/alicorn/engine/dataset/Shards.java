package dev.alicorn.engine.dataset;

import java.util.Locale;

/// The files that a set's rows are split over, each but the last with the same number of rows; an
/// empty set has one file.
record Shards(long rows, long rowsPerShard) {
  /// Rows a shard: about half a gigabyte of 1,280 float32 each, which a trainer loads one at a
  /// time.
  static final long ROWS_PER_SHARD = 100_000;

  /// Rows a tar, whose reader hands whole tars to its processes: 1.2 million are 120 of them.
  static final long ROWS_PER_TAR = 10_000;

  int count() {
    return Math.toIntExact(Math.max(1, Math.ceilDiv(rows, rowsPerShard)));
  }

  /// How many rows a shard has.
  long rowsOf(int shard) {
    return Math.min(rowsPerShard, rows - shard * rowsPerShard);
  }

  /// The hub's name for a shard: `00002-of-00012`.
  String label(int shard) {
    return String.format(Locale.ROOT, "%05d-of-%05d", shard, count());
  }
}
