package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FairTurnsTest {

  @Test
  void turnsAreInProportionToWeightsAndSpreadOut() {
    FairTurns<String> turns = new FairTurns<>();
    turns.join("a", 3);
    turns.join("b", 1);

    assertThat(String.join("", taken(turns, 12))).isEqualTo("abaaabaaabaa");
  }

  @Test
  void whoCannotGoSavesNoTurnsUp() {
    FairTurns<String> turns = new FairTurns<>();
    turns.join("a", 1);
    turns.join("b", 1);
    for (int i = 0; i < 100; i++) {
      assertThat(turns.next(who -> !who.equals("a"))).isEqualTo("b");
      turns.serve("b");
    }

    assertThat(Collections.frequency(taken(turns, 10), "a")).isBetween(5, 6);
  }

  @Test
  void leavingAndComingBackGainsNothing() {
    FairTurns<String> turns = new FairTurns<>();
    turns.join("a", 1);
    turns.join("b", 1);
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String next = Objects.requireNonNull(turns.next(_ -> true));
      turns.serve(next);
      turns.leave(next);
      turns.join(next, 1);
      taken.add(next);
    }

    assertThat(Collections.frequency(taken, "a")).isEqualTo(10);
  }

  @Test
  void nobodyIsNext() {
    FairTurns<String> turns = new FairTurns<>();
    assertThat(turns.next(_ -> true)).isNull();
    turns.join("a", 1);
    assertThat(turns.next(_ -> false)).isNull();
    turns.leave("a");
    assertThat(turns.next(_ -> true)).isNull();
  }

  private static List<String> taken(FairTurns<String> turns, int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String next = Objects.requireNonNull(turns.next(_ -> true));
      turns.serve(next);
      taken.add(next);
    }
    return taken;
  }
}
