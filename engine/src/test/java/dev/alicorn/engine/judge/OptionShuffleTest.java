package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.RecordId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionShuffleTest {
  private static final Pair PAIR = new Pair("Which?", List.of("w", "x", "y", "z"), "B");

  @Test
  void everyOrderComesEquallyOftenAndTheRightOptionStaysRight() {
    Map<List<String>, Integer> orders = new HashMap<>();
    int records = 24_000;
    for (int record = 1; record <= records; record++) {
      Pair shuffled = OptionShuffle.shuffled(List.of(PAIR), new RecordId(record), 7).getFirst();
      assertThat(shuffled.answerText()).isEqualTo("x");
      orders.merge(shuffled.options(), 1, Integer::sum);
    }
    assertThat(orders).hasSize(24);
    // Chi-square with 23 degrees of freedom: above 49.7 in one of a thousand worlds; this one is
    // fixed.
    double chiSquare =
        orders.values().stream().mapToDouble(count -> Math.pow(count - 1000, 2) / 1000).sum();
    assertThat(chiSquare).isLessThan(49.7);
  }

  @Test
  void dependsOnTheRecordThePlaceAndTheSeedAlone() {
    List<Pair> pairs = Collections.nCopies(8, PAIR);

    List<Pair> shuffled = OptionShuffle.shuffled(pairs, new RecordId(5), 7);

    assertThat(OptionShuffle.shuffled(pairs, new RecordId(5), 7)).isEqualTo(shuffled);
    assertThat(OptionShuffle.shuffled(pairs.subList(0, 3), new RecordId(5), 7))
        .isEqualTo(shuffled.subList(0, 3));
    assertThat(OptionShuffle.shuffled(pairs, new RecordId(6), 7)).isNotEqualTo(shuffled);
    assertThat(OptionShuffle.shuffled(pairs, new RecordId(5), 8)).isNotEqualTo(shuffled);
  }

  @Test
  void optionsThatNameEachOtherStay() {
    for (String option :
        List.of("Both A and C", "All of the above", "None of these", "A, B and C", "Option B")) {
      Pair pair = new Pair("Which?", List.of("w", "x", "y", option), "D");
      for (int record = 1; record <= 20; record++) {
        assertThat(OptionShuffle.shuffled(List.of(pair), new RecordId(record), 7))
            .as(option)
            .containsExactly(pair);
      }
    }
  }

  @Test
  void freeAnswersHaveNothingToShuffle() {
    Pair free = new Pair("Why?", List.of(), "So.");

    assertThat(OptionShuffle.shuffled(List.of(free), new RecordId(1), 7)).containsExactly(free);
  }
}
