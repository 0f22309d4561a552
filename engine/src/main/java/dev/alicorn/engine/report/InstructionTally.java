package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.InstructionMeasure.*;

import dev.alicorn.engine.quality.YesNo;
import dev.alicorn.engine.report.Chart.Bar;
import dev.alicorn.engine.report.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What is found in all samples together, added one by one in the order of their rows.
final class InstructionTally {
  /// What the filter of copies lets pass.
  static final int COPIED_WORDS_MAX = 20;

  private static final int LETTERS = 4;
  private static final int PAIRS_SHOWN_MAX = 16;

  private final CountHistogram pairs = new CountHistogram();
  private final long[] letters = new long[LETTERS];
  private final TaskTable tasks = new TaskTable();
  private final Worst leaks = new Worst();
  private final Worst copies = new Worst();
  private long pairCount;
  private long choices;
  private long fourDistinct;
  private long withLongest;
  private long longestRight;
  private long leaking;
  private long yes;
  private long no;
  private long answers;
  private long copied;

  void add(SampleLook sample) {
    pairs.add(sample.pairs().size());
    long leakingBefore = leaking;
    long copiedBefore = copied;
    List<String> found = new ArrayList<>();
    for (PairLook pair : sample.pairs()) {
      pairCount++;
      pair.leak()
          .ifPresent(words -> {
            leaking++;
            found.add("\u201c" + words + "\u201d in: " + pair.question());
          });
      if (pair.isChoice()) {
        addChoice(pair);
      } else {
        addAnswer(sample, pair);
      }
    }
    tasks.add(sample, leaking - leakingBefore, copied - copiedBefore);
    if (!found.isEmpty() && found.size() >= leaks.badnessMin()) {
      leaks.offer(
          new Worst.Row(
              sample.id(),
              found.size(),
              found.size() + " of " + sample.pairs().size() + " pairs",
              String.join("\n", found)));
    }
  }

  private void addChoice(PairLook pair) {
    choices++;
    fourDistinct += pair.hasFourDistinctOptions() ? 1 : 0;
    int right = pair.right();
    if (right >= 0 && pair.options().size() == LETTERS) {
      letters[right]++;
      int longest = pair.longest();
      withLongest += longest >= 0 ? 1 : 0;
      longestRight += longest == right ? 1 : 0;
    }
  }

  private void addAnswer(SampleLook sample, PairLook pair) {
    answers++;
    yes += pair.yesNo() == YesNo.YES ? 1 : 0;
    no += pair.yesNo() == YesNo.NO ? 1 : 0;
    if (pair.copiedWords() > COPIED_WORDS_MAX) {
      copied++;
      if (pair.copiedWords() >= copies.badnessMin()) {
        copies.offer(
            new Worst.Row(
                sample.id(),
                pair.copiedWords(),
                pair.copiedWords() + " words in a row",
                pair.question() + "\n" + pair.answer()));
      }
    }
  }

  long samples() {
    return pairs.total();
  }

  void into(Figures figures) {
    figures.put(SAMPLE_COUNT, (double) pairs.total());
    if (pairs.total() == 0) {
      return;
    }
    figures.put(PAIRS_MEAN, pairs.mean());
    figures.put(PAIR_COUNT, (double) pairCount);
    figures.put(CHOICE_COUNT, (double) choices);
    letters(figures);
    figures.put(LONGEST_RIGHT, (double) longestRight / withLongest);
    figures.put(FOUR_DISTINCT, (double) fourDistinct / choices);
    figures.put(LEAKAGE, (double) leaking / pairCount);
    figures.put(YES_NO, (double) (yes + no) / pairCount);
    figures.put(YES, (double) yes / (yes + no));
    figures.put(VERBATIM, (double) copied / answers);
    figures.add(
        new Chart.Histogram(
            Group.INSTRUCTIONS,
            "pairs",
            "Pairs a sample",
            "pairs",
            0,
            1,
            true,
            List.of(Series.of("", shownPairs())),
            List.of()));
    tasks.into(figures);
    figures.add(Group.INSTRUCTIONS, "most_leakage", "Most leakage", leaks);
    figures.add(Group.INSTRUCTIONS, "longest_copies", "Longest copies of the caption", copies);
  }

  private long[] shownPairs() {
    long[] shown = new long[PAIRS_SHOWN_MAX + 1];
    for (int number = 0; number <= pairs.max(); number++) {
      shown[Math.min(PAIRS_SHOWN_MAX, number)] += pairs.count(number);
    }
    return shown;
  }

  private void letters(Figures figures) {
    double known = IntStream.range(0, LETTERS).mapToLong(i -> letters[i]).sum();
    if (known == 0) {
      return;
    }
    double skew = 0;
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < LETTERS; i++) {
      skew = Math.max(skew, Math.abs(letters[i] / known - 1.0 / LETTERS));
      bars.add(new Bar(Character.toString('A' + i), letters[i]));
    }
    figures.put(LETTER_SKEW, skew);
    figures.put(LETTER_P, ChiSquare.probability(letters));
    figures.add(
        new Chart.Bars(Group.INSTRUCTIONS, "letters", "Right letters", bars, known / LETTERS));
  }
}
