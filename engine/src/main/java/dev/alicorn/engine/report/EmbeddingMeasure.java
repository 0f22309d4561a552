package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.Aim.HIGHER;
import static dev.alicorn.engine.report.Aim.LOWER;
import static dev.alicorn.engine.report.Aim.UNKNOWN;
import static dev.alicorn.engine.report.Format.COUNT;
import static dev.alicorn.engine.report.Format.ONE_DECIMAL;
import static dev.alicorn.engine.report.Format.SHARE;
import static dev.alicorn.engine.report.Format.THREE_DECIMALS;
import static dev.alicorn.engine.report.Format.TRUTH;

/// What is measured of embeddings, before the transfer and after.
enum EmbeddingMeasure implements Measure {
  VECTOR_COUNT("Vectors", COUNT, UNKNOWN, "", "Vectors that could be read."),
  IMAGE_TOWER(
      "Image tower",
      TRUTH,
      HIGHER,
      "yes",
      "Whether the encoder has one, so that images can be encoded into the same space. Without, a model trained on the vectors cannot see."),
  MEAN_LENGTH_BEFORE(
      "‖mean‖ before",
      THREE_DECIMALS,
      UNKNOWN,
      "",
      "Length of the mean of the captions' embeddings, scaled to unit length: what all have in common."),
  MEAN_LENGTH(
      "‖mean‖",
      THREE_DECIMALS,
      UNKNOWN,
      "0 after mean-shift",
      "Length of the mean of the dataset's vectors."),
  TRACE_BEFORE(
      "Trace before",
      THREE_DECIMALS,
      UNKNOWN,
      "",
      "Mean squared distance of the embeddings from their mean: 1 − ‖mean‖²."),
  TRACE(
      "Trace",
      THREE_DECIMALS,
      UNKNOWN,
      "",
      "Mean squared distance of the dataset's vectors from their mean."),
  RANK_BEFORE(
      "Effective rank before",
      ONE_DECIMAL,
      HIGHER,
      "41 to 53 of captions",
      "exp H(λ/Σλ) of the covariance's eigenvalues λ: in how many directions captions differ. Images had 57.5."),
  RANK("Effective rank", ONE_DECIMAL, HIGHER, "", "The same of the dataset's vectors."),
  EFFECTIVE_DIMENSION(
      "d_eff",
      ONE_DECIMAL,
      HIGHER,
      "",
      "tr² / tr(Σ²): the count of directions that matter, where wide ones count more."),
  ANISOTROPY(
      "Anisotropy",
      ONE_DECIMAL,
      LOWER,
      "",
      "λ₁ / (tr/d): how much more than its share the widest direction has; 1 is even."),
  VENDI(
      "Vendi score",
      ONE_DECIMAL,
      HIGHER,
      "",
      "exp H of the eigenvalues of the matrix of cosines divided by n, over the sample: how many rows without any likeness would be as diverse."),
  COSINE_BEFORE(
      "Mean cosine before",
      THREE_DECIMALS,
      UNKNOWN,
      "",
      "Mean cosine of two embeddings, over all pairs of the sample."),
  COSINE("Mean cosine", THREE_DECIMALS, LOWER, "", "The same of the dataset's vectors."),
  PHI(
      "Φ, kept direction",
      THREE_DECIMALS,
      HIGHER,
      "0.899 (C3) to 0.941",
      "Mean cosine of a caption's embedding and its vector in the dataset."),
  PSI(
      "Ψ, kept similarities",
      THREE_DECIMALS,
      HIGHER,
      "0.836 to 0.983",
      "Correlation of the cosines of pairs before and after, over all pairs of the sample."),
  OMEGA(
      "Ω, kept neighbours",
      SHARE,
      HIGHER,
      "84 % (C3) to 94.5 %",
      "Share of the 20 nearest rows of each row, within the sample, that are the same before and after."),
  GAP_BEFORE(
      "Gap before",
      THREE_DECIMALS,
      UNKNOWN,
      "0.39 to 0.51",
      "‖μ_V − μ_T‖: distance of the mean of image embeddings and that of captions."),
  GAP(
      "Gap",
      THREE_DECIMALS,
      LOWER,
      "",
      "Distance of the mean of image embeddings, moved as inference moves them, and that of the dataset's vectors.");

  private final String label;
  private final Format format;
  private final Aim aim;
  private final String published;
  private final String definition;

  EmbeddingMeasure(String label, Format format, Aim aim, String published, String definition) {
    this.label = label;
    this.format = format;
    this.aim = aim;
    this.published = published;
    this.definition = definition;
  }

  @Override
  public Group group() {
    return Group.EMBEDDINGS;
  }

  @Override
  public Meaning meaning() {
    return new Meaning(label, format, aim, published, definition);
  }
}
