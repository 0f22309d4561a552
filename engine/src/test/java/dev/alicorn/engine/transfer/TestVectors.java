package dev.alicorn.engine.transfer;

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
  public static TransferMethod fit(JobSpec.Transfer transfer, int dimension, List<UnitVector> rows) {
    Fit fit = TransferMethods.begin(transfer, dimension);
    while (fit instanceof Fit.Pass pass) {
      Fit.Gathering all = pass.begin();
      rows.forEach(all::add);
      fit = all.end();
    }
    return ((Fit.Fitted) fit).method();
  }
}
