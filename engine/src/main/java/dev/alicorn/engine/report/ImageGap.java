package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.EmbeddingMeasure.GAP;
import static dev.alicorn.engine.report.EmbeddingMeasure.GAP_BEFORE;

import java.util.Optional;

/// The distance between the mean of image embeddings and that of captions.
final class ImageGap {
  private static final String NO_ANCHOR =
      "it needs the statistics of images: --anchor FILE, as ./alicorn anchor makes it";

  private ImageGap() {}

  /// @param image mean of image embeddings of unit length
  static void into(Figures figures, VectorTally vectors, Optional<double[]> image, String method) {
    if (image.isEmpty()) {
      figures.absent(GAP_BEFORE, NO_ANCHOR);
      figures.absent(GAP, NO_ANCHOR);
      return;
    }
    if (image.get().length != vectors.mean().length) {
      String why =
          "the anchor has %s dimensions and the vectors %s"
              .formatted(image.get().length, vectors.mean().length);
      figures.absent(GAP_BEFORE, why);
      figures.absent(GAP, why);
      return;
    }
    vectors
        .meanBefore()
        .ifPresentOrElse(
            mean -> figures.put(GAP_BEFORE, VectorTally.distance(image.get(), mean)),
            () -> figures.absent(GAP_BEFORE, vectors.lost().orElse("")));
    switch (method) {
      case "re-align", "none" ->
          figures.put(GAP, VectorTally.distance(image.get(), vectors.mean()));
      default ->
          figures.absent(
              GAP, "images are moved too by this method, each by itself, so no mean tells the gap");
    }
  }
}
