package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The alignment with the mean and the spread of image embeddings, by an anchor's statistics.
///
/// ReAlign of "Modality Gap-Driven Subspace Alignment Training Paradigm For Multimodal Large
/// Language Models" (arXiv 2602.07026): `h = N((û - mu_T) s + mu_V)` with `s = sqrt(T_V / (T_T +
/// 1e-10))`, T the traces; then, since N moves the mean off mu_V again, `h := N(h - mu_h + mu_V)`
/// with mu_h the mean of all h, once or more often. All in float64; mu_T and mu_V are rounded to
/// float32 before, as the authors' program has them.
final class ReAlign implements TransferMethod {
  private static final double TRACE_MIN = 1e-10;

  private final Dispersion text;
  private final Anchor image;
  private final double scale;
  private final List<double[]> centroids;

  private ReAlign(Dispersion text, Anchor image, List<double[]> centroids) {
    this.text = text;
    this.image = image;
    this.scale = Math.sqrt(image.trace() / (text.trace() + TRACE_MIN));
    this.centroids = centroids;
  }

  /// The method that is still to be fitted: a pass for mu_T and one for each mu_h.
  ///
  /// @param iterations how often the mean is moved onto mu_V
  static Fit begin(Anchor image, int iterations) {
    return Fit.Pass.ofRows(
        image.dimension(),
        1 + iterations,
        corpus -> next(new ReAlign(Dispersion.of(corpus), image, List.of()), iterations));
  }

  private static Fit next(ReAlign method, int iterations) {
    return iterations == 0
        ? new Fit.Fitted(method)
        : new Fit.Pass(
            method.image.dimension(),
            iterations,
            (row, mean) -> mean.add(method.moved(row)),
            mean -> next(method.corrected(mean.mean()), iterations - 1));
  }

  private ReAlign corrected(double[] centroid) {
    List<double[]> more = new ArrayList<>(centroids);
    more.add(centroid);
    return new ReAlign(text, image, List.copyOf(more));
  }

  /// The row after the corrections that are known so far.
  private double[] moved(UnitVector row) {
    row.requireDimension(image.dimension());
    double[] moved = new double[image.dimension()];
    for (int j = 0; j < moved.length; j++) {
      moved[j] = (row.get(j) - text.mean().get(j)) * scale + image.mean().get(j);
    }
    Norm.scale(moved);
    for (double[] centroid : centroids) {
      for (int j = 0; j < moved.length; j++) {
        moved[j] = moved[j] - centroid[j] + image.mean().get(j);
      }
      Norm.scale(moved);
    }
    return moved;
  }

  @Override
  public Embedding move(RecordId record, UnitVector row) {
    return Norm.rounded(moved(row));
  }

  /// `mu_text`, `mu_image`, `scale`, both traces, and `mu_hat`, a row for each iteration.
  @Override
  public Map<String, Statistic> statistics() {
    Map<String, Statistic> statistics = new TreeMap<>();
    statistics.put("mu_text", vector(text.mean()));
    statistics.put("mu_image", vector(image.mean()));
    statistics.put("scale", Statistic.vector(scale));
    statistics.put("trace_text", Statistic.vector(text.trace()));
    statistics.put("trace_image", Statistic.vector(image.trace()));
    statistics.put("mu_hat", Statistic.matrix(centroids));
    return statistics;
  }

  private static Statistic vector(Embedding vector) {
    double[] values = new double[vector.dimension()];
    for (int j = 0; j < values.length; j++) {
      values[j] = vector.get(j);
    }
    return Statistic.vector(values);
  }
}
