package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.Aim.LOWER;
import static dev.alicorn.engine.report.Aim.UNKNOWN;
import static dev.alicorn.engine.report.Format.COUNT;
import static dev.alicorn.engine.report.Format.ONE_DECIMAL;
import static dev.alicorn.engine.report.Format.SHARE;
import static dev.alicorn.engine.report.Format.THREE_DECIMALS;

/// What is measured of a dataset as a whole.
enum CompositionMeasure implements Measure {
  SAMPLES_PER_CAPTION(
      "Samples per caption",
      THREE_DECIMALS,
      UNKNOWN,
      "0.39",
      "Rows of the instruct set divided by rows of the pretrain set."),
  CAPTIONS_LOST(
      "Captions lost",
      SHARE,
      LOWER,
      "",
      "Records of the job that came to no row of the pretrain set, as the manifest counts them."),
  SAMPLES_LOST(
      "Samples lost",
      SHARE,
      LOWER,
      "",
      "Draws that came to no row of the instruct set; surplus ones do not count."),
  SOURCES("Seed sources", COUNT, UNKNOWN, "", "Sources that the captions come from."),
  DOMAINS(
      "Effective domains",
      ONE_DECIMAL,
      UNKNOWN,
      "18",
      "exp of the entropy of the captions' domains: how many domains of equal size would be as diverse. Captions without domain do not count."),
  TASKS("Tasks", COUNT, UNKNOWN, "3", "Instruct tasks that the samples come from."),
  MODELS("Models", COUNT, UNKNOWN, "1", "Language models that wrote the captions."),
  UNREADABLE(
      "Flaws",
      COUNT,
      LOWER,
      "",
      "Broken rows and vectors that were met while reading and left out; ./alicorn validate names each.");

  private final String label;
  private final Format format;
  private final Aim aim;
  private final String published;
  private final String definition;

  CompositionMeasure(String label, Format format, Aim aim, String published, String definition) {
    this.label = label;
    this.format = format;
    this.aim = aim;
    this.published = published;
    this.definition = definition;
  }

  @Override
  public Group group() {
    return Group.COMPOSITION;
  }

  @Override
  public Meaning meaning() {
    return new Meaning(label, format, aim, published, definition);
  }
}
