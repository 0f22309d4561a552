package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.util.Map;

/// The shift by the corpus mean: `N(û - mu_T)`, or `û - mu_T` where the result is not normalised.
///
/// Eq. 3 of "Unicorn: Text-Only Data Synthesis for Vision Language Model Training" (arXiv
/// 2503.22655): what captions have in common is the modality, and taking it away leaves what they
/// say. All in float64; N divides a vector shorter than 1e-10 by 1.
final class MeanShift implements TransferMethod {
  private final double[] mean;
  private final boolean normalise;

  MeanShift(double[] mean, boolean normalise) {
    this.mean = mean;
    this.normalise = normalise;
  }

  @Override
  public Embedding move(RecordId record, UnitVector row) {
    row.requireDimension(mean.length);
    double norm = normalise ? shiftedNorm(row) : 1;
    double divisor = norm < UnitVector.ZERO_NORM ? 1 : norm;
    float[] moved = new float[mean.length];
    for (int j = 0; j < moved.length; j++) {
      moved[j] = (float) ((row.get(j) - mean[j]) / divisor);
    }
    return Embedding.wrap(moved);
  }

  /// The length of the shifted row, its squares summed in index order.
  private double shiftedNorm(UnitVector row) {
    double squares = 0;
    for (int j = 0; j < mean.length; j++) {
      double shifted = row.get(j) - mean[j];
      squares += shifted * shifted;
    }
    return Math.sqrt(squares);
  }

  @Override
  public Map<String, Statistic> statistics() {
    return Map.of("mu_text", Statistic.vector(mean));
  }
}
