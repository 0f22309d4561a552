package dev.alicorn.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinHashTest {
  private static final int WORDS = 130;

  @Test
  void estimatesTheJaccardSimilarity() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    double off = 0;
    int texts = 300;
    for (int i = 0; i < texts; i++) {
      List<String> text = words(random);
      List<String> other = changed(text, random.nextInt(12), random);
      double estimate = hash(text).similarity(hash(other));
      off += Math.abs(estimate - jaccard(text, other));
      assertThat(estimate).as("seed " + seed).isCloseTo(jaccard(text, other), within(0.25));
    }
    assertThat(off / texts).as("seed " + seed).isLessThan(0.05);
  }

  @Test
  void equalTextsAreSimilarWhateverTheirCaseAndPunctuation() {
    MinHash one = MinHash.of("A red fox jumps over the lazy, sleeping dog.");

    assertThat(one.similarity(MinHash.of("a red FOX jumps over the lazy sleeping dog")))
        .isEqualTo(1);
    assertThat(one.similarity(MinHash.of("Two boats lie in the harbour at noon."))).isLessThan(0.1);
    assertThat(MinHash.of("fox").similarity(MinHash.of("Fox!"))).isEqualTo(1);
    assertThat(MinHash.of("").similarity(MinHash.of("..."))).isEqualTo(1);
  }

  @Test
  void findsTheNearDuplicatesThatAComparisonOfAllPairsFinds() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NearDuplicates kept = new NearDuplicates(0.8);
    List<List<String>> all = new ArrayList<>();
    int planted = 0;
    int found = 0;
    for (int id = 0; id < 3_000; id++) {
      boolean duplicate = id > 10 && id % 10 == 0;
      List<String> text =
          duplicate ? changed(all.get(random.nextInt(10)), 1, random) : words(random);
      all.add(text);
      OptionalLong like = kept.add(id, hash(text));
      planted += duplicate ? 1 : 0;
      if (like.isPresent()) {
        found++;
        double similarity = jaccard(text, all.get((int) like.getAsLong()));
        assertThat(similarity).as("seed " + seed).isGreaterThan(0.6);
      }
    }
    assertThat(found).as("seed " + seed).isBetween(planted * 95 / 100, planted);
    assertThat(kept.size()).isEqualTo(3_000 - found);
  }

  private static MinHash hash(List<String> words) {
    return MinHash.of(String.join(" ", words));
  }

  private static List<String> words(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      words.add("w" + random.nextInt(5_000));
    }
    return words;
  }

  private static List<String> changed(List<String> words, int changes, Random random) {
    List<String> changed = new ArrayList<>(words);
    for (int i = 0; i < changes; i++) {
      changed.set(random.nextInt(changed.size()), "x" + random.nextInt(5_000));
    }
    return changed;
  }

  private static double jaccard(List<String> one, List<String> other) {
    Set<List<String>> union = shingles(one);
    Set<List<String>> both = shingles(one);
    union.addAll(shingles(other));
    both.retainAll(shingles(other));
    return (double) both.size() / union.size();
  }

  private static Set<List<String>> shingles(List<String> words) {
    Set<List<String>> shingles = new HashSet<>();
    for (int i = 0; i + 5 <= words.size(); i++) {
      shingles.add(words.subList(i, i + 5));
    }
    return shingles;
  }
}
