package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFiguresTest {

  @Test
  void diversityIsByWhiteSpaceAndCase() {
    CaptionWords words = CaptionWords.of("  The cat, the\tcat\u00a0the\n");
    assertThat(words.words()).containsExactly("The", "cat,", "the", "cat", "the");
    assertThat(words.diversity().typeTokenRatio()).isEqualTo(0.8);
    assertThat(words.diversity().entropyBits())
        .isEqualTo(-(3 * 0.2 * Math.log(0.2) + 0.4 * Math.log(0.4)) / Math.log(2), within(1e-14));
    assertThat(CaptionWords.of("").diversity()).isEqualTo(new CaptionWords.Diversity(0, 0));
  }

  @Test
  void distinctRunsAreCountedOverAllCaptions() {
    List<String> captions = List.of("a b a b", "a b c");
    assertThat(DistinctRuns.of(captions, 1)).isEqualTo(3.0 / 7);
    assertThat(DistinctRuns.of(captions, 2)).isEqualTo(3.0 / 5);
    assertThat(DistinctRuns.of(captions, 5)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void quantilesAreThoseOfTheSortedNumbers(long seed) {
    int[] numbers = new Random(seed).ints(997, 0, 700).toArray();
    CountHistogram histogram = new CountHistogram();
    for (int number : numbers) {
      histogram.add(number);
    }
    Arrays.sort(numbers);
    String name = "seed " + seed;
    assertThat(histogram.quantile(0.01)).as(name).isEqualTo(numbers[9]);
    assertThat(histogram.quantile(0.5)).as(name).isEqualTo(numbers[498]);
    assertThat(histogram.quantile(0.99)).as(name).isEqualTo(numbers[987]);
    assertThat(histogram.mean())
        .as(name)
        .isEqualTo(Arrays.stream(numbers).average().orElseThrow(), within(1e-9));
    assertThat(histogram.above(numbers[900]))
        .as(name)
        .isEqualTo(Arrays.stream(numbers).filter(number -> number > numbers[900]).count());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sampleDoesNotDependOnOrder(long seed) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(i);
    }
    List<String> first = sampled(rows);
    Collections.shuffle(rows, new Random(seed));
    assertThat(sampled(rows)).as("seed %s", seed).isEqualTo(first);
    assertThat(first).hasSize(50).doesNotHaveDuplicates();
  }

  private static List<String> sampled(List<Integer> rows) {
    KeyedSample<String> sample = new KeyedSample<>(50);
    rows.forEach(row -> sample.offer(row.toString(), () -> "text " + row));
    return sample.items();
  }

  @Test
  void captionsAreHeldAgainstTheirSeeds() {
    CaptionTally tally = new CaptionTally();
    String caption = "A brown dog runs along the wet beach at 7:15 beside 3 red kayaks.";
    tally.add(CaptionLook.of("1", caption, Optional.of("a brown dog running on a beach")));
    tally.add(CaptionLook.of("2", caption, Optional.of("two parrots in a cage")));
    tally.add(CaptionLook.of("3", "A truly breathtaking, beautiful view.", Optional.empty()));
    Figures figures = new Figures();
    tally.into(figures, OptionalInt.of(15));
    assertThat(figures.value(CaptionMeasure.FAITHFULNESS)).hasValue(0.5);
    assertThat(figures.value(CaptionMeasure.INVENTED_NUMERALS)).hasValue(1);
    assertThat(figures.value(CaptionMeasure.EXACT_DUPLICATES)).hasValue(1.0 / 3);
    assertThat(figures.value(CaptionMeasure.NEAR_DUPLICATES)).hasValue(1.0 / 3);
    assertThat(figures.value(CaptionMeasure.RHETORIC)).hasValue(1.0 / 3);
    assertThat(figures.value(CaptionMeasure.TRUNCATED)).hasValue(2.0 / 3);
    assertThat(shown(figures, "lowest_faithfulness").getFirst().id()).isEqualTo("2");
    assertThat(shown(figures, "near_duplicates"))
        .singleElement()
        .satisfies(row -> assertThat(row.note()).isEqualTo("the same as id 1"));
    assertThat(shown(figures, "most_rhetoric").getFirst().id()).isEqualTo("3");
  }

  private static List<Worst.Row> shown(Figures figures, String key) {
    return figures.examples().stream()
        .filter(examples -> examples.key().equals(key))
        .findFirst()
        .orElseThrow()
        .rows();
  }
}
