package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final TaskName TASK = Tasks.QUESTION_ANSWERING;

  private final Draw draw = Draw.over(6, 1, Map.of(TASK, 2L));
  private final Selection selection = new Selection(draw);

  @Test
  void wantsNoMoreThanItNeeds() {
    assertThat(selection.wanted(TASK)).containsExactly(at(0), at(1));
    assertThat(selection.wanted(at(2))).isFalse();
    assertThat(selection.wanted(Tasks.MULTIPLE_CHOICE)).isEmpty();
  }

  @Test
  void wantsOneMoreForEachRejected() {
    assertThat(selection.reject(at(0))).contains(at(2));
    assertThat(selection.reject(at(0))).isEmpty();
    assertThat(selection.wanted(TASK)).containsExactly(at(0), at(1), at(2));
    assertThat(selection.open(TASK)).containsExactly(at(1), at(2));
  }

  @Test
  void passesOverThoseRejectedBefore() {
    assertThat(selection.reject(at(2))).isEmpty();
    assertThat(selection.reject(at(1))).contains(at(3));
    assertThat(selection.wanted(at(2))).isTrue();
    assertThat(selection.open(TASK)).containsExactly(at(0), at(3));
  }

  @Test
  void isCompleteWhenAllWantedAreSettled() {
    selection.accept(at(1));
    assertThat(selection.complete()).isFalse();
    selection.accept(at(0));
    assertThat(selection.complete()).isTrue();
    assertThat(selection.chosen(TASK)).isEqualTo(2);
  }

  @Test
  void fallsShortWhenCandidatesRunOut() {
    for (int place = 0; place < 5; place++) {
      selection.reject(at(place));
    }
    assertThat(selection.shortfall(TASK)).isEqualTo(1);
    assertThat(selection.complete()).isFalse();
    selection.accept(at(5));
    assertThat(selection.complete()).isTrue();
    assertThat(selection.chosen(TASK)).isEqualTo(1);
  }

  @Test
  void choosesTheFirstAcceptedInRankOrder() {
    for (int place : List.of(5, 3, 0, 2)) {
      selection.accept(at(place));
    }
    assertThat(IntStream.range(0, 6).filter(place -> selection.chosen(at(place))).boxed())
        .containsExactly(0, 2);
  }

  @Test
  void takesAnAcceptanceBackForGood() {
    selection.accept(at(0));
    assertThat(selection.chosen(at(0))).isTrue();
    assertThat(selection.reject(at(0))).contains(at(2));
    assertThat(selection.chosen(at(0))).isFalse();
    assertThatThrownBy(() -> selection.accept(at(0))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hasNothingToDoWithoutTasks() {
    Selection none = new Selection(Draw.over(6, 1, Map.of()));
    assertThat(none.complete()).isTrue();
    assertThat(none.wanted(new RecordId(1))).isFalse();
    assertThat(none.chosen(new RecordId(1))).isFalse();
    assertThat(none.reject(new RecordId(1))).isEqualTo(Optional.empty());
  }

  private RecordId at(int place) {
    return draw.candidate(TASK, place);
  }
}
