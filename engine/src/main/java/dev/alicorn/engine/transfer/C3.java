package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.util.Map;

/// The shift by the corpus mean with noise upon it: `N(û - mu_T + noise)`.
///
/// "Connect, Collapse, Corrupt: Learning Cross-Modal Tasks with Uni-Modal Data" (arXiv 2401.08567):
/// what is left between a caption and its image once the mean is gone looks like noise, so a model
/// that is trained with noise minds it less. Each dimension gets `sigma · N(0, 1)`; sigma is given
/// by the ratio `r = sigma · sqrt(d) / ‖û - mu_T‖`, which means the same in every dimension d and
/// at every length. The authors draw noise anew in each epoch; a dataset has one draw a caption.
final class C3 implements TransferMethod {
  private final double[] mean;
  private final double ratio;
  private final GaussianNoise noise;

  /// @param randomSeed from which, with the record's id, a row's noise follows
  C3(double[] mean, double ratio, long randomSeed) {
    this.mean = mean;
    this.ratio = ratio;
    this.noise = new GaussianNoise(randomSeed);
  }

  @Override
  public Embedding move(RecordId record, UnitVector row) {
    row.requireDimension(mean.length);
    double[] moved = new double[mean.length];
    for (int j = 0; j < moved.length; j++) {
      moved[j] = row.get(j) - mean[j];
    }
    double sigma = ratio * Norm.length(moved) / Math.sqrt(mean.length);
    noise.addTo(moved, record.ordinal(), sigma);
    Norm.scale(moved);
    return Norm.rounded(moved);
  }

  @Override
  public Map<String, Statistic> statistics() {
    return Map.of("mu_text", Statistic.vector(mean));
  }
}
