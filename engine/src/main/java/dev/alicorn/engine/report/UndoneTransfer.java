package dev.alicorn.engine.report;

import java.util.List;
import java.util.Optional;

/// The way back from a dataset's vectors to the embeddings they were made of, û, of unit length.
///
/// A dataset holds moved vectors alone, but the methods that scale to unit length can be undone: û
/// lies on the unit sphere and on the ray from a known point, within the sphere, in the direction
/// of the moved vector; there is one such point. It is off by no more than the rounding of the
/// vectors.
sealed interface UndoneTransfer {

  /// û of a moved vector; empty where there is no way back.
  Optional<double[]> raw(double[] moved);

  /// `none`: nothing was moved.
  record Unmoved() implements UndoneTransfer {
    @Override
    public Optional<double[]> raw(double[] moved) {
      return Optional.of(moved);
    }
  }

  /// `mean-shift`: `N(û − μ_T)`, or `û − μ_T`.
  final class Shift implements UndoneTransfer {
    private final double[] mean;
    private final boolean normalised;

    Shift(double[] mean, boolean normalised) {
      this.mean = mean;
      this.normalised = normalised;
    }

    /// What it was fitted to, μ_T.
    double[] mean() {
      return mean;
    }

    @Override
    public Optional<double[]> raw(double[] moved) {
      return normalised ? onSphere(mean, moved) : Optional.of(plus(mean, 1, moved));
    }
  }

  /// `re-align`: `N((û − μ_T) s + μ_V)`, and for each centroid μ_h `N(h − μ_h + μ_V)`.
  final class ReAlign implements UndoneTransfer {
    private final double[] mean;
    private final double[] image;
    private final double scale;
    private final List<double[]> centroids;

    ReAlign(double[] mean, double[] image, double scale, List<double[]> centroids) {
      this.mean = mean;
      this.image = image;
      this.scale = scale;
      this.centroids = centroids;
    }

    /// What it was fitted to, μ_T.
    double[] mean() {
      return mean;
    }

    @Override
    public Optional<double[]> raw(double[] moved) {
      Optional<double[]> h = Optional.of(moved);
      for (double[] centroid : centroids.reversed()) {
        h = h.flatMap(direction -> onSphere(plus(centroid, -1, image), direction));
      }
      return h.flatMap(direction -> onSphere(plus(mean, -1 / scale, image), direction));
    }
  }

  /// What cannot be undone.
  ///
  /// @param why for the user
  record Lost(String why) implements UndoneTransfer {
    @Override
    public Optional<double[]> raw(double[] moved) {
      return Optional.empty();
    }
  }

  /// Where a ray leaves the unit sphere; empty where it does not begin within, or has no direction.
  private static Optional<double[]> onSphere(double[] from, double[] direction) {
    double length = Math.sqrt(dot(direction, direction));
    double room = 1 - dot(from, from);
    if (!(length > 0) || !(room > 0)) {
      return Optional.empty();
    }
    double along = dot(from, direction) / length;
    double distance = Math.sqrt(along * along + room) - along;
    return Optional.of(plus(from, distance / length, direction));
  }

  private static double[] plus(double[] start, double factor, double[] direction) {
    double[] sum = new double[start.length];
    for (int j = 0; j < sum.length; j++) {
      sum[j] = start[j] + factor * direction[j];
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
