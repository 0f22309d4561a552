package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.Aim.HIGHER;
import static dev.alicorn.engine.report.Aim.LOWER;
import static dev.alicorn.engine.report.Aim.NEAR_PUBLISHED_WORDS;
import static dev.alicorn.engine.report.Aim.UNKNOWN;
import static dev.alicorn.engine.report.Format.COUNT;
import static dev.alicorn.engine.report.Format.ONE_DECIMAL;
import static dev.alicorn.engine.report.Format.SHARE;
import static dev.alicorn.engine.report.Format.THREE_DECIMALS;

/// What is measured of captions.
enum CaptionMeasure implements Measure {
  CAPTION_COUNT("Captions", COUNT, UNKNOWN, "1.2 million", "Rows of the pretrain set."),
  WORDS_MEAN(
      "Words a caption, mean",
      ONE_DECIMAL,
      NEAR_PUBLISHED_WORDS,
      "129",
      "Words are what stands between white space."),
  WORDS_MIN("Words, shortest", COUNT, UNKNOWN, "51", "Words of the shortest caption."),
  WORDS_P1("Words, 1st percentile", COUNT, UNKNOWN, "", "1 % of captions have no more words."),
  WORDS_P50("Words, median", COUNT, UNKNOWN, "", "Half of the captions have no more words."),
  WORDS_P99("Words, 99th percentile", COUNT, UNKNOWN, "", "99 % of captions have no more words."),
  WORDS_MAX("Words, longest", COUNT, UNKNOWN, "483", "Words of the longest caption."),
  TOKENS_MEAN(
      "Tokens a caption, mean, estimated",
      ONE_DECIMAL,
      UNKNOWN,
      "",
      "1.3 tokens a word; no tokenizer is run."),
  TRUNCATED(
      "Cut by the encoder, estimated",
      SHARE,
      LOWER,
      "",
      "Captions of more tokens, at 1.3 a word, than the encoder reads; of the rest of their text the vectors know nothing."),
  TTR(
      "Type-token ratio",
      THREE_DECIMALS,
      HIGHER,
      "0.68",
      "Different words divided by words, case kept, of each caption; the mean over captions. Longer captions have a lower one."),
  ENTROPY(
      "Token entropy, bits",
      THREE_DECIMALS,
      HIGHER,
      "6.07",
      "Entropy to base 2 of the words of each caption, case kept; the mean over captions. Longer captions have a higher one."),
  DISTINCT_1(
      "Distinct-1",
      THREE_DECIMALS,
      HIGHER,
      "",
      "Different words divided by words, over a sample of at most 10,000 captions. It falls with the count of captions, so compare samples of one size."),
  DISTINCT_2("Distinct-2", THREE_DECIMALS, HIGHER, "", "The same of runs of two words."),
  DISTINCT_3("Distinct-3", THREE_DECIMALS, HIGHER, "", "The same of runs of three words."),
  EXACT_DUPLICATES(
      "Exact duplicates",
      SHARE,
      LOWER,
      "",
      "Captions whose text stood in an earlier row, to the letter."),
  NEAR_DUPLICATES(
      "Near duplicates",
      SHARE,
      LOWER,
      "",
      "Captions that share most of their runs of five words with an earlier one: an estimated Jaccard similarity of 0.8 or more by MinHash, 14 bands of 8 rows. Exact duplicates count too."),
  RHETORIC(
      "With rhetoric",
      SHARE,
      LOWER,
      "",
      "Captions with more than one word of praise, feeling or comparison, which no picture shows; one is let pass, as by the filter."),
  FAITHFULNESS(
      "Seed faithfulness",
      THREE_DECIMALS,
      HIGHER,
      "",
      "Share of the seed's content words that the caption kept; the mean over captions."),
  INVENTED_NUMERALS(
      "With invented numerals",
      SHARE,
      LOWER,
      "",
      "Captions with a numeral that their seed does not have: measures, years, serial numbers.");

  private final String label;
  private final Format format;
  private final Aim aim;
  private final String published;
  private final String definition;

  CaptionMeasure(String label, Format format, Aim aim, String published, String definition) {
    this.label = label;
    this.format = format;
    this.aim = aim;
    this.published = published;
    this.definition = definition;
  }

  @Override
  public Group group() {
    return Group.CAPTIONS;
  }

  @Override
  public Meaning meaning() {
    return new Meaning(label, format, aim, published, definition);
  }
}
