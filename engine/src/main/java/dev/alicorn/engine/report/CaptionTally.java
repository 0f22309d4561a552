package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.CaptionMeasure.*;

import dev.alicorn.engine.report.Chart.Mark;
import dev.alicorn.engine.report.Chart.Series;
import java.util.List;
import java.util.OptionalInt;

/// What is found in all captions together, added one by one in the order of their rows.
final class CaptionTally {
  /// What trainers reckon with where there is no tokenizer.
  static final double TOKENS_PER_WORD = 1.3;

  static final int SAMPLE_CAPTIONS_MAX = 10_000;
  static final String NO_SEEDS =
      "it needs the seeds, which the Parquet files alone hold; replay with --formats parquet";

  /// What the filter of rhetoric lets pass.
  static final int RHETORIC_WORDS_MAX = 1;

  private static final int BIN_WORDS = 10;
  private static final int BINS = 51;
  private static final int KEPT_BINS = 20;

  private final CountHistogram words = new CountHistogram();
  private final KeyedSample<String> sample = new KeyedSample<>(SAMPLE_CAPTIONS_MAX);
  private final Duplicates duplicates = new Duplicates();
  private final long[] keptBins = new long[KEPT_BINS];
  private final Worst rhetoric = new Worst();
  private final Worst unfaithful = new Worst();
  private final Worst invented = new Worst();
  private final Worst longest = new Worst();
  private final Worst repeats = new Worst();
  private double typeTokenRatios;
  private double entropiesBits;
  private long rhetoricRows;
  private long seeds;
  private double kept;
  private long inventedRows;

  void add(CaptionLook look) {
    words.add(look.words());
    typeTokenRatios += look.diversity().typeTokenRatio();
    entropiesBits += look.diversity().entropyBits();
    sample.offer(look.id(), look::caption);
    show(longest, look, look.words(), look.words() + " words");
    if (look.rhetoric().size() > RHETORIC_WORDS_MAX) {
      rhetoricRows++;
      show(rhetoric, look, look.rhetoric().size(), String.join(", ", look.rhetoric()));
    }
    duplicates
        .add(look)
        .ifPresent(repeat ->
            show(
                repeats,
                look,
                repeat.exact() ? 1 : 0,
                (repeat.exact() ? "the same as " : "like ") + repeat.earlier()));
    look.seed().ifPresent(seed -> addSeed(look, seed));
  }

  private void addSeed(CaptionLook look, CaptionLook.BesideSeed seed) {
    seeds++;
    kept += seed.kept();
    keptBins[Math.min(KEPT_BINS - 1, (int) (seed.kept() * KEPT_BINS))]++;
    show(
        unfaithful,
        look,
        1 - seed.kept(),
        Format.SHARE.of(seed.kept()) + " of the seed \u201c" + seed.text() + "\u201d");
    if (!seed.invented().isEmpty()) {
      inventedRows++;
      show(invented, look, seed.invented().size(), String.join(", ", seed.invented()));
    }
  }

  private static void show(Worst worst, CaptionLook look, double badness, String note) {
    if (badness >= worst.badnessMin()) {
      worst.offer(new Worst.Row(look.id(), badness, note, look.caption()));
    }
  }

  long captions() {
    return words.total();
  }

  /// @param encoderTokensMax what the encoder reads of a caption; empty where that is not known
  void into(Figures figures, OptionalInt encoderTokensMax) {
    double captions = words.total();
    figures.put(CAPTION_COUNT, captions);
    if (words.total() == 0) {
      return;
    }
    figures.put(WORDS_MEAN, words.mean());
    figures.put(WORDS_MIN, words.min());
    figures.put(WORDS_P1, words.quantile(0.01));
    figures.put(WORDS_P50, words.quantile(0.5));
    figures.put(WORDS_P99, words.quantile(0.99));
    figures.put(WORDS_MAX, words.max());
    figures.put(TOKENS_MEAN, words.mean() * TOKENS_PER_WORD);
    if (encoderTokensMax.isPresent()) {
      int wordsMax = (int) (encoderTokensMax.getAsInt() / TOKENS_PER_WORD);
      figures.put(TRUNCATED, words.above(wordsMax) / captions);
    } else {
      figures.absent(TRUNCATED, "the folder has no manifest that says what the encoder reads");
    }
    figures.put(TTR, typeTokenRatios / captions);
    figures.put(ENTROPY, entropiesBits / captions);
    List<String> drawn = sample.items();
    figures.put(DISTINCT_1, DistinctRuns.of(drawn, 1));
    figures.put(DISTINCT_2, DistinctRuns.of(drawn, 2));
    figures.put(DISTINCT_3, DistinctRuns.of(drawn, 3));
    figures.put(EXACT_DUPLICATES, duplicates.exactShare());
    figures.put(NEAR_DUPLICATES, duplicates.nearShare());
    figures.put(RHETORIC, rhetoricRows / captions);
    lengths(figures);
    seeds(figures);
    figures.add(Group.CAPTIONS, "longest_captions", "Longest", longest);
    figures.add(Group.CAPTIONS, "near_duplicates", "Repeats of an earlier caption", repeats);
    figures.add(Group.CAPTIONS, "most_rhetoric", "Most rhetoric", rhetoric);
  }

  private void seeds(Figures figures) {
    if (seeds == 0) {
      figures.absent(FAITHFULNESS, NO_SEEDS);
      figures.absent(INVENTED_NUMERALS, NO_SEEDS);
      return;
    }
    figures.put(FAITHFULNESS, kept / seeds);
    figures.put(INVENTED_NUMERALS, (double) inventedRows / seeds);
    figures.add(
        new Chart.Histogram(
            Group.CAPTIONS,
            "faithfulness",
            "Seed faithfulness",
            "share of the seed's content words that the caption kept",
            0,
            1.0 / KEPT_BINS,
            false,
            List.of(Series.of("", keptBins)),
            List.of()));
    figures.add(Group.CAPTIONS, "lowest_faithfulness", "Least of their seed", unfaithful);
    figures.add(Group.CAPTIONS, "most_invented_numerals", "Most invented numerals", invented);
  }

  private void lengths(Figures figures) {
    long[] bins = new long[BINS];
    for (int number = 0; number <= words.max(); number++) {
      bins[Math.min(BINS - 1, number / BIN_WORDS)] += words.count(number);
    }
    figures.add(
        new Chart.Histogram(
            Group.CAPTIONS,
            "words",
            "Words a caption",
            "words",
            0,
            BIN_WORDS,
            true,
            List.of(Series.of("", bins)),
            List.of(new Mark(51, "min"), new Mark(129, "mean"), new Mark(483, "max"))));
  }
}
