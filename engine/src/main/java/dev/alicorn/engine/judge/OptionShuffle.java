package dev.alicorn.engine.judge;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The order in which multiple-choice options are exported: a permutation for each question, drawn
/// by its key from all 24 alike, so that each letter is right for a quarter of all questions
/// whatever letters a model prefers.
///
/// The key is the random seed, the record and the question's place, mixed by SplitMix64. Options
/// that speak of each other ("both A and C", "all of the above") stay as they are.
final class OptionShuffle {
  private static final Pattern CROSS_REFERENCE =
      Pattern.compile(
          "(?i:\\b(?:(?:all|none|both|either|neither|any) of (?:the )?(?:above|these|them|options)|the above|neither)\\b)"
              + "|\\b[A-D](?:,| and| or| &) (?:and )?[A-D]\\b|\\b(?i:options?|choices?|answers?) [A-D]\\b");

  private OptionShuffle() {}

  static List<Pair> shuffled(List<Pair> pairs, RecordId record, long randomSeed) {
    long key = SplitMix64.next(SplitMix64.next(randomSeed) + record.ordinal());
    return IntStream.range(0, pairs.size())
        .mapToObj(place -> shuffled(pairs.get(place), SplitMix64.next(key + place)))
        .toList();
  }

  private static Pair shuffled(Pair pair, long draw) {
    if (pair.options().stream().anyMatch(it -> CROSS_REFERENCE.matcher(it).find())) {
      return pair;
    }
    List<String> left = new ArrayList<>(pair.options());
    List<String> options = new ArrayList<>();
    String right = pair.options().isEmpty() ? "" : pair.answerText();
    long rest = draw;
    while (!left.isEmpty()) {
      options.add(left.remove((int) Long.remainderUnsigned(rest, left.size())));
      rest = Long.divideUnsigned(rest, left.size() + 1);
    }
    return options.isEmpty()
        ? pair
        : new Pair(
            pair.question(),
            options,
            Pair.LETTERS.substring(options.indexOf(right)).substring(0, 1));
  }
}
