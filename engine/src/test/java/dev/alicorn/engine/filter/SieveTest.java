package dev.alicorn.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.Filters.OptionOrder;
import dev.alicorn.protocol.Filters.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SieveTest {
  private static final String CAPTION = "A dog lies on a mat.";

  @Test
  void asksForNoSeedWhereNoFilterRejectsCaptions() {
    Sieve sieve = sieve(Map.of(Filter.RHETORIC, new Rule(Action.REPORT, 0)));

    assertThat(
            sieve.caption(
                () -> {
                  throw new AssertionError("the seed was asked for");
                },
                "A stunning dog."))
        .isEmpty();
    assertThat(sieve.reported("a dog", "A stunning dog.")).containsExactly(Filter.RHETORIC);
  }

  @Test
  void rejectsForTheFirstFaultWithItsComplaint() {
    Sieve sieve =
        sieve(
            Map.of(
                Filter.RHETORIC, new Rule(Action.REJECT, 0),
                Filter.SHORT_CAPTION, new Rule(Action.REJECT, 5)));

    Fault fault = sieve.caption(() -> "a dog", "A stunning dog.").orElseThrow();

    assertThat(fault.filter()).isEqualTo(Filter.SHORT_CAPTION);
    assertThat(fault.detail()).isEqualTo("3 words");
    assertThat(fault.complaint()).contains("more than 5 words");
    assertThat(sieve.caption(() -> "a dog", "A dog lies on a mat.")).isEmpty();
  }

  @Test
  void judgesPairsBesideThoseThatAreKept() {
    Sieve sieve = sieve(Map.of(Filter.YES_SURPLUS, new Rule(Action.REJECT, 1)));
    List<Pair> pairs =
        Stream.of("Yes.", "Yes, it is.", "No.", "Yes.", "Yes.")
            .map(answer -> new Pair("Is it so?", List.of(), answer))
            .toList();

    Sieve.Sifted sifted = sieve.pairs(CAPTION, pairs);

    assertThat(sifted.kept()).containsExactly(pairs.get(0), pairs.get(2), pairs.get(3));
    assertThat(sifted.faults()).hasSize(2);
  }

  @Test
  void eachFilterOfARecipeIsOneThatLooks() {
    Set<Filter> apart = Set.of(Filter.NEAR_DUPLICATE);
    List<Filter> looking =
        Stream.of(QualityFilters.OF_CAPTIONS, QualityFilters.OF_PAIRS, QualityFilters.OF_SAMPLES)
            .flatMap(List::stream)
            .map(QualityFilter::filter)
            .toList();

    assertThat(Stream.concat(looking.stream(), apart.stream())).containsOnly(Filter.values());
  }

  private static Sieve sieve(Map<Filter, Rule> rules) {
    return new Sieve(new Filters(OptionOrder.AS_REPLIED, rules));
  }
}
