package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.EmbeddingMeasure.*;

import dev.alicorn.engine.report.Chart.Curve;
import dev.alicorn.engine.report.Chart.Series;
import dev.alicorn.engine.transfer.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is found in all vectors together, and in the embeddings they were made of, as far as the
/// transfer can be undone.
///
/// Moments are of all vectors; what compares pairs is of a sample of at most 10,000, of fewer where
/// they have more than 1,280 dimensions. Memory is 24 d² bytes and 16 bytes for each number of the
/// sample, at most 310 MB.
final class VectorTally {
  private static final int SAMPLE_ROWS_MAX = 10_000;
  private static final int SAMPLE_NUMBERS_MAX = 12_800_000;

  /// With fewer rows the 20 nearest are a large part of all.
  private static final int NEIGHBOURHOOD_ROWS_MIN = 100;

  /// Beyond, the sums of a covariance would take more than 2 x 34 MB, and its eigenvalues minutes.
  static final int DIMENSION_MAX = 2048;

  /// How far the mean of the embeddings that were found may be from the one that the transfer was
  /// fitted to; the rounding of float16 moves it by less than a tenth of this.
  private static final double MEAN_DISTANCE_MAX = 0.01;

  private final int dimension;
  private final UndoneTransfer transfer;
  private final SecondMoments after;
  private final SecondMoments before;
  private final KeyedSample<float[]> sample;
  private double directions;

  /// @param dimension at most [#DIMENSION_MAX]
  VectorTally(int dimension, UndoneTransfer transfer) {
    this.dimension = dimension;
    this.transfer = transfer;
    after = new SecondMoments(dimension);
    before = new SecondMoments(dimension);
    sample = new KeyedSample<>(Math.min(SAMPLE_ROWS_MAX, SAMPLE_NUMBERS_MAX / dimension));
  }

  /// Adds a vector; false where it is not one: of another dimension, not finite, or zero.
  boolean add(String id, float[] vector) {
    if (vector.length != dimension) {
      return false;
    }
    double[] moved = widened(vector);
    double length = Norm.length(moved);
    if (!Double.isFinite(length) || length == 0) {
      return false;
    }
    after.add(moved);
    if (!(transfer instanceof UndoneTransfer.Unmoved)) {
      transfer
          .raw(moved)
          .ifPresent(raw -> {
            before.add(raw);
            directions += cosine(raw, moved, length);
          });
    }
    sample.offer(id, vector::clone);
    return true;
  }

  private static double[] widened(float[] vector) {
    double[] wide = new double[vector.length];
    for (int j = 0; j < wide.length; j++) {
      wide[j] = vector[j];
    }
    return wide;
  }

  private static double cosine(double[] raw, double[] moved, double length) {
    double dot = 0;
    for (int j = 0; j < raw.length; j++) {
      dot += raw[j] * moved[j];
    }
    return dot / (length * Norm.length(raw));
  }

  double[] mean() {
    return after.mean();
  }

  /// The mean of the embeddings before the transfer; empty where they are not known.
  Optional<double[]> meanBefore() {
    return lost().isPresent()
        ? Optional.empty()
        : Optional.of(transfer instanceof UndoneTransfer.Unmoved ? after.mean() : before.mean());
  }

  /// Why there is no way back to the embeddings; empty where there is one.
  Optional<String> lost() {
    return switch (transfer) {
      case UndoneTransfer.Unmoved _ -> Optional.empty();
      case UndoneTransfer.Lost(String why) -> Optional.of(why);
      case UndoneTransfer.Shift shift -> unlike(shift.mean());
      case UndoneTransfer.ReAlign reAlign -> unlike(reAlign.mean());
    };
  }

  private Optional<String> unlike(double[] mean) {
    if (before.rows() == after.rows() && distance(before.mean(), mean) <= MEAN_DISTANCE_MAX) {
      return Optional.empty();
    }
    return Optional.of(
        "the vectors are not those that transfer.safetensors was fitted to; run ./alicorn validate");
  }

  static double distance(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int j = 0; j < b.length; j++) {
      difference[j] -= b[j];
    }
    return Norm.length(difference);
  }

  void into(Figures figures) {
    figures.put(VECTOR_COUNT, (double) after.rows());
    figures.put(MEAN_LENGTH, Norm.length(after.mean()));
    Spectrum spectrum = Spectrum.of(after.covariance());
    figures.put(TRACE, spectrum.trace());
    figures.put(RANK, spectrum.effectiveRank());
    figures.put(EFFECTIVE_DIMENSION, spectrum.effectiveDimension());
    figures.put(ANISOTROPY, spectrum.anisotropy());
    List<Curve> curves = new ArrayList<>();
    Optional<String> lost = lost();
    if (lost.isPresent()) {
      for (EmbeddingMeasure measure :
          List.of(MEAN_LENGTH_BEFORE, TRACE_BEFORE, RANK_BEFORE, COSINE_BEFORE, PHI, PSI, OMEGA)) {
        figures.absent(measure, lost.get());
      }
    } else {
      curves.add(new Curve("before", before(figures, spectrum).cumulative()));
    }
    curves.add(new Curve(lost.isPresent() ? "" : "after", spectrum.cumulative()));
    figures.add(
        new Chart.Spectra(
            Group.EMBEDDINGS,
            "spectrum",
            "Variance in the widest directions",
            List.copyOf(curves)));
    pairs(figures, lost.isEmpty());
  }

  private Spectrum before(Figures figures, Spectrum unmoved) {
    boolean moved = !(transfer instanceof UndoneTransfer.Unmoved);
    Spectrum spectrum = moved ? Spectrum.of(before.covariance()) : unmoved;
    figures.put(MEAN_LENGTH_BEFORE, Norm.length((moved ? before : after).mean()));
    figures.put(TRACE_BEFORE, spectrum.trace());
    figures.put(RANK_BEFORE, spectrum.effectiveRank());
    figures.put(PHI, moved ? directions / before.rows() : 1);
    return spectrum;
  }

  private void pairs(Figures figures, boolean known) {
    List<float[]> moved = sample.items();
    if (moved.size() < 2) {
      return;
    }
    SecondMoments units = new SecondMoments(dimension);
    moved.forEach(vector -> units.add(unit(vector)));
    figures.put(VENDI, Spectrum.of(units.uncentred()).effectiveRank());
    boolean undone = known && !(transfer instanceof UndoneTransfer.Unmoved);
    List<float[]> raw = undone ? moved.stream().map(this::raw).toList() : moved;
    PairCosines.Result pairs = PairCosines.of(raw, moved);
    figures.put(COSINE, pairs.meanAfter());
    List<Series> series = new ArrayList<>();
    if (known) {
      figures.put(COSINE_BEFORE, pairs.meanBefore());
      figures.put(PSI, pairs.correlation());
      if (moved.size() < NEIGHBOURHOOD_ROWS_MIN) {
        figures.absent(OMEGA, "it needs " + NEIGHBOURHOOD_ROWS_MIN + " vectors");
      } else {
        figures.put(OMEGA, pairs.overlap());
      }
      series.add(new Series("before", pairs.binsBefore()));
    }
    series.add(new Series(known ? "after" : "", pairs.binsAfter()));
    figures.add(
        new Chart.Histogram(
            Group.EMBEDDINGS,
            "cosines",
            "Cosines of pairs",
            "cosine",
            -1,
            2.0 / PairCosines.BINS,
            false,
            series,
            List.of()));
  }

  private static double[] unit(float[] vector) {
    double[] unit = widened(vector);
    double length = Norm.length(unit);
    for (int j = 0; j < unit.length; j++) {
      unit[j] /= length;
    }
    return unit;
  }

  private float[] raw(float[] vector) {
    double[] raw = transfer.raw(widened(vector)).orElseThrow();
    float[] narrow = new float[raw.length];
    for (int j = 0; j < narrow.length; j++) {
      narrow[j] = (float) raw[j];
    }
    return narrow;
  }
}
