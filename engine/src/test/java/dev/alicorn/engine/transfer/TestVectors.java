package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;

/// Rows from the generator that the transfer's published figures are given for: a 64-bit linear
/// congruential one, exact in Java and numpy alike.
public final class TestVectors {
  static final int DIMENSION = 8;

  private TestVectors() {}

  /// The text rows T: seed 1, shape `[32, 8]`, 0.75 added to column 0.
  static List<Embedding> text() {
    return rows(1, 32, DIMENSION, 0.75);
  }

  /// The image rows I: seed 2, shape `[24, 8]`, 0.25 taken from column 0 and 0.5 added to column 1.
  static List<Embedding> images() {
    List<Embedding> rows = new ArrayList<>();
    long state = 2;
    for (int i = 0; i < 24; i++) {
      float[] row = new float[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        double value = (state >>> 40) * 0x1p-24 - 0.5;
        row[j] = (float) (value + (j == 0 ? -0.25 : j == 1 ? 0.5 : 0));
      }
      rows.add(Embedding.wrap(row));
    }
    return rows;
  }

  /// The statistics of image rows.
  public static Anchor anchor(List<Embedding> images) {
    Dispersion dispersion = Dispersion.of(mean(images));
    return new Anchor(
        images.size(), dispersion.mean(), dispersion.trace(), ContentHash.of("images"));
  }

  /// An anchor for vectors of a dimension.
  public static Anchor anchor(int dimension) {
    return anchor(rows(2, 100, dimension, -0.5));
  }

  static List<Embedding> rows(long seed, int count, int dimension, double firstColumnShift) {
    List<Embedding> rows = new ArrayList<>();
    long state = seed;
    for (int i = 0; i < count; i++) {
      float[] row = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        double value = (state >>> 40) * 0x1p-24 - 0.5;
        row[j] = (float) (j == 0 ? value + firstColumnShift : value);
      }
      rows.add(Embedding.wrap(row));
    }
    return rows;
  }

  static UnitVector unit(Embedding raw) {
    return UnitVector.of(raw).orElseThrow();
  }

  static CorpusMean mean(List<Embedding> rows) {
    CorpusMean mean = new CorpusMean(rows.getFirst().dimension());
    rows.forEach(row -> mean.add(unit(row)));
    return mean;
  }

  /// The method fitted to rows, in as many passes as it asks for.
  public static TransferMethod fit(
      JobSpec.Transfer transfer, int dimension, List<UnitVector> rows) {
    Fit fit = TransferMethods.begin(transfer, 1, dimension);
    while (fit instanceof Fit.Pass pass) {
      Fit.Gathering all = pass.begin();
      rows.forEach(all::add);
      fit = all.end();
    }
    return ((Fit.Fitted) fit).method();
  }
}
