package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
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
  public Embedding move(UnitVector row) {
    if (row.dimension() != mean.length) {
      throw new IllegalArgumentException(
          "a mean of " + mean.length + " dimensions cannot move " + row.dimension());
    }
    double[] shifted = new double[mean.length];
    for (int j = 0; j < shifted.length; j++) {
      shifted[j] = row.get(j) - mean[j];
    }
    double norm = normalise ? UnitVector.norm(shifted) : 1;
    double divisor = norm < UnitVector.ZERO_NORM ? 1 : norm;
    float[] moved = new float[shifted.length];
    for (int j = 0; j < moved.length; j++) {
      moved[j] = (float) (shifted[j] / divisor);
    }
    return Embedding.wrap(moved);
  }

  @Override
  public Map<String, double[]> statistics() {
    return Map.of("mu_text", mean.clone());
  }
}
