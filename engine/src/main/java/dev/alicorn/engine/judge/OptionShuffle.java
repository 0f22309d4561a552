package dev.alicorn.engine.judge;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The order in which multiple-choice options are exported: a permutation for each question, drawn
/// by its key from all 24 alike, so that each letter is right for a quarter of all questions
/// whatever letters a model prefers.
///
/// The key is the random seed, the record and the question's place, mixed by the finaliser of
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// Options that speak of each other ("both A and C", "all of the above") stay as they are.
final class OptionShuffle {
  private static final Pattern CROSS_REFERENCE =
      Pattern.compile(
          "(?i:\\b(?:(?:all|none|both|either|neither|any) of (?:the )?(?:above|these|them|options)|the above|neither)\\b)"
              + "|\\b[A-D](?:,| and| or| &) (?:and )?[A-D]\\b|\\b(?i:options?|choices?|answers?) [A-D]\\b");

  private OptionShuffle() {}

  static List<Pair> shuffled(List<Pair> pairs, RecordId record, long randomSeed) {
    long key = mix(mix(randomSeed) + record.ordinal());
    return IntStream.range(0, pairs.size())
        .mapToObj(place -> shuffled(pairs.get(place), mix(key + place)))
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

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
