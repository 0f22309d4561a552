package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;

/// How a corpus of unit vectors lies: its mean in float32, and how far its rows are spread about
/// it.
///
/// @param mean shape `[dimension]`
/// @param trace of the covariance about `mean`, with 1/n
public record Dispersion(Embedding mean, double trace) {

  /// The dispersion of a corpus of which the mean m is known: as every row has length 1, the mean
  /// of `‖û - r‖²` is `1 - 2 m·r + ‖r‖²` about any point r, here m rounded to float32.
  public static Dispersion of(CorpusMean corpus) {
    double[] mean = corpus.mean();
    Embedding rounded = Norm.rounded(mean);
    double product = 0;
    double squares = 0;
    for (int j = 0; j < mean.length; j++) {
      double value = rounded.get(j);
      product += mean[j] * value;
      squares += value * value;
    }
    return new Dispersion(rounded, Math.max(0, 1 - 2 * product + squares));
  }
}
