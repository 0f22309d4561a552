package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.Aim.HIGHER;
import static dev.alicorn.engine.report.Aim.LOWER;
import static dev.alicorn.engine.report.Aim.NEAR_A_HALF;
import static dev.alicorn.engine.report.Aim.NEAR_A_QUARTER;
import static dev.alicorn.engine.report.Aim.UNKNOWN;
import static dev.alicorn.engine.report.Format.COUNT;
import static dev.alicorn.engine.report.Format.ONE_DECIMAL;
import static dev.alicorn.engine.report.Format.PROBABILITY;
import static dev.alicorn.engine.report.Format.SHARE;
import static dev.alicorn.engine.report.Format.THREE_DECIMALS;

/// What is measured of instructions.
enum InstructionMeasure implements Measure {
  SAMPLE_COUNT("Samples", COUNT, UNKNOWN, "471,000", "Rows of the instruct set."),
  PAIRS_MEAN(
      "Pairs a sample, mean",
      ONE_DECIMAL,
      UNKNOWN,
      "6 to 8",
      "Questions with their answers in one conversation."),
  PAIR_COUNT("Pairs", COUNT, UNKNOWN, "", "Questions with their answers, in all."),
  CHOICE_COUNT(
      "Multiple-choice pairs", COUNT, UNKNOWN, "", "Questions that list options, A first."),
  LETTER_SKEW(
      "Letter skew",
      THREE_DECIMALS,
      LOWER,
      "leans to B",
      "The largest |p − 0.25| over the right letters A to D of questions with four options."),
  LETTER_P(
      "Letter balance, p-value",
      PROBABILITY,
      UNKNOWN,
      "",
      "How likely fair letters would be as uneven or more: chi-square with 3 degrees of freedom. With many pairs even a harmless skew is certain; judge by the skew."),
  LONGEST_RIGHT(
      "Longest option is right",
      SHARE,
      NEAR_A_QUARTER,
      "",
      "Of questions with one longest option, how often that is the right one; chance is a quarter. A model learns this instead of looking."),
  FOUR_DISTINCT(
      "Four different options",
      SHARE,
      HIGHER,
      "",
      "Multiple-choice questions with exactly four options, all different without regard to case and white space."),
  LEAKAGE(
      "Leakage",
      SHARE,
      LOWER,
      "",
      "Pairs that betray that a text was read, not an image seen: \"the caption mentions\", \"based on the description\"; captions on signs and posters are excepted."),
  YES_NO(
      "Yes/no pairs",
      SHARE,
      UNKNOWN,
      "",
      "Pairs without options whose answer begins with yes or no."),
  YES(
      "Answered yes",
      SHARE,
      NEAR_A_HALF,
      "",
      "Of yes/no pairs, those that are answered yes. A model learns to agree."),
  VERBATIM(
      "Verbatim copies",
      SHARE,
      LOWER,
      "",
      "Answers without options that have more than 20 words in a row from the caption.");

  private final String label;
  private final Format format;
  private final Aim aim;
  private final String published;
  private final String definition;

  InstructionMeasure(String label, Format format, Aim aim, String published, String definition) {
    this.label = label;
    this.format = format;
    this.aim = aim;
    this.published = published;
    this.definition = definition;
  }

  @Override
  public Group group() {
    return Group.INSTRUCTIONS;
  }

  @Override
  public Meaning meaning() {
    return new Meaning(label, format, aim, published, definition);
  }
}
