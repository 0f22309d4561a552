package dev.alicorn.engine.transfer;

import java.util.function.BiConsumer;
import java.util.function.Function;

/// A transfer method on its way to being fitted to the rows that a recipe exports: it is done, or
/// asks for one more pass over all of them.
public sealed interface Fit {

  /// Nothing is left to gather.
  record Fitted(TransferMethod method) implements Fit {}

  /// A pass over all rows that is still to be made. Immutable.
  final class Pass implements Fit {
    private final int dimension;
    private final int left;
    private final BiConsumer<UnitVector, CorpusMean> adding;
    private final Function<CorpusMean, Fit> next;

    /// @param adding adds what a row is moved to so far to the mean
    /// @param next what the mean of all rows leads to
    Pass(
        int dimension,
        int left,
        BiConsumer<UnitVector, CorpusMean> adding,
        Function<CorpusMean, Fit> next) {
      this.dimension = dimension;
      this.left = left;
      this.adding = adding;
      this.next = next;
    }

    /// A pass for the mean of the rows as they are.
    static Pass ofRows(int dimension, int left, Function<CorpusMean, Fit> next) {
      return new Pass(dimension, left, (row, mean) -> mean.add(row), next);
    }

    /// How many passes are left, this one counted.
    public int left() {
      return left;
    }

    /// A gathering without rows; as many may be begun as there are threads.
    public Gathering begin() {
      return new Gathering(this);
    }
  }

  /// What a pass has gathered from some of the rows.
  ///
  /// It is an additive state: whatever the order of rows, and however they are shared out among
  /// gatherings that are merged, the method has the same bits. Not thread-safe.
  final class Gathering {
    private final Pass pass;
    private final CorpusMean mean;

    private Gathering(Pass pass) {
      this.pass = pass;
      this.mean = new CorpusMean(pass.dimension);
    }

    public void add(UnitVector row) {
      pass.adding.accept(row, mean);
    }

    /// Adds another gathering's rows of the same pass; the other keeps its own.
    public void merge(Gathering other) {
      if (other.pass != pass) {
        throw new IllegalArgumentException("rows of two passes cannot be merged");
      }
      mean.merge(other.mean);
    }

    /// Ends the pass, all rows being in.
    public Fit end() {
      return pass.next.apply(mean);
    }
  }
}
