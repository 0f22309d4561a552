package dev.alicorn.engine.report;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The cosines of all pairs of a sample, before the transfer and after: how they are distributed,
/// how they go together, and which rows are each other's neighbours.
///
/// Rows of the sample are taken in blocks on as many threads as there are; what a block found is
/// added in the blocks' order, so the bits do not depend on the threads. Cosines are float32, sums
/// float64. Time is in proportion to n² d; memory is 8 n d bytes.
final class PairCosines {
  static final int NEIGHBOURS = 20;
  static final int BINS = 100;
  private static final int BLOCK_ROWS = 32;

  private final UnitColumns before;
  private final UnitColumns after;
  private final boolean moved;
  private final int rows;
  private final int neighbours;

  private PairCosines(UnitColumns before, UnitColumns after, boolean moved, int rows) {
    this.before = before;
    this.after = after;
    this.moved = moved;
    this.rows = rows;
    neighbours = Math.min(NEIGHBOURS, rows - 1);
  }

  /// What was found of all pairs.
  ///
  /// @param meanBefore mean cosine before
  /// @param meanAfter mean cosine after
  /// @param correlation Pearson's, of the cosines before and after
  /// @param overlap share of each row's nearest rows that are the same before and after
  /// @param binsBefore pairs by cosine, from -1 in steps of 0.02; each pair counts twice
  /// @param binsAfter the same after
  record Result(
      double meanBefore,
      double meanAfter,
      double correlation,
      double overlap,
      List<Long> binsBefore,
      List<Long> binsAfter) {}

  /// @param before at least two rows, none zero; in the order of `after`
  static Result of(List<float[]> before, List<float[]> after) {
    boolean moved = !after.equals(before);
    UnitColumns columns = UnitColumns.of(before);
    return new PairCosines(columns, moved ? UnitColumns.of(after) : columns, moved, before.size())
        .all();
  }

  private Result all() {
    int blocks = Math.ceilDiv(rows, BLOCK_ROWS);
    List<Block> found = IntStream.range(0, blocks).parallel().mapToObj(this::block).toList();
    Block all = new Block();
    found.forEach(all::add);
    double pairs = (double) rows * (rows - 1);
    double covariance = all.products - all.sumBefore * all.sumAfter / pairs;
    double spreadBefore = all.squaresBefore - all.sumBefore * all.sumBefore / pairs;
    double spreadAfter = all.squaresAfter - all.sumAfter * all.sumAfter / pairs;
    return new Result(
        all.sumBefore / pairs,
        all.sumAfter / pairs,
        covariance / Math.sqrt(spreadBefore * spreadAfter),
        (double) all.shared / ((long) rows * neighbours),
        LongStream.of(all.binsBefore).boxed().toList(),
        LongStream.of(all.binsAfter).boxed().toList());
  }

  private Block block(int number) {
    int from = number * BLOCK_ROWS;
    int to = Math.min(rows, from + BLOCK_ROWS);
    float[][] was = before.cosines(from, to);
    float[][] is = moved ? after.cosines(from, to) : was;
    Block block = new Block();
    for (int i = from; i < to; i++) {
      block.row(i, was[i - from], is[i - from], neighbours);
    }
    return block;
  }

  /// What a block of rows adds.
  private static final class Block {
    private final long[] binsBefore = new long[BINS];
    private final long[] binsAfter = new long[BINS];
    private double sumBefore;
    private double sumAfter;
    private double squaresBefore;
    private double squaresAfter;
    private double products;
    private long shared;

    private void row(int own, float[] was, float[] is, int neighbours) {
      for (int j = 0; j < was.length; j++) {
        if (j != own) {
          double x = was[j];
          double y = is[j];
          sumBefore += x;
          sumAfter += y;
          squaresBefore += x * x;
          squaresAfter += y * y;
          products += x * y;
          binsBefore[bin(x)]++;
          binsAfter[bin(y)]++;
        }
      }
      shared += Nearest.shared(was, is, own, neighbours);
    }

    private static int bin(double cosine) {
      return Math.clamp((long) Math.floor((cosine + 1) * BINS / 2), 0, BINS - 1);
    }

    private void add(Block other) {
      sumBefore += other.sumBefore;
      sumAfter += other.sumAfter;
      squaresBefore += other.squaresBefore;
      squaresAfter += other.squaresAfter;
      products += other.products;
      shared += other.shared;
      for (int bin = 0; bin < BINS; bin++) {
        binsBefore[bin] += other.binsBefore[bin];
        binsAfter[bin] += other.binsAfter[bin];
      }
    }
  }
}
