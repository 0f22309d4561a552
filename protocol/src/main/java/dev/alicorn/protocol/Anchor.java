package dev.alicorn.protocol;

/// What is known of the images that captions' vectors are moved to: statistics of their embeddings,
/// each scaled to unit length.
///
/// @param rows how many images there were
/// @param mean of the unit vectors, in float32, shape `[dimension]`
/// @param trace of their covariance: the mean of their squared distances from `mean`, with 1/n
/// @param sha256 of the file that the statistics came in
public record Anchor(long rows, Embedding mean, double trace, ContentHash sha256) {
  private static final double TOLERANCE = 1e-4;

  public Anchor {
    if (rows < 1 || mean.dimension() < 1) {
      throw new IllegalArgumentException("an anchor has at least one row and one dimension");
    }
    double squares = 0;
    for (int j = 0; j < mean.dimension(); j++) {
      squares += (double) mean.get(j) * mean.get(j);
    }
    if (!(trace >= 0) || !(Math.abs(1 - squares - trace) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "the trace of unit vectors with this mean is "
              + (1 - squares)
              + " and not "
              + trace
              + "; make the anchor again");
    }
  }

  public int dimension() {
    return mean.dimension();
  }
}
