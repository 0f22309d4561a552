package dev.alicorn.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.bench.measure.BadUsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosPartTest {
  @Test
  void isTheWholeUnlessItIsTold() throws BadUsageException {
    assertThat(ChaosPart.of(List.of())).isEqualTo(new ChaosPart(1_000_000, 1, 1));
    ChaosPart part = ChaosPart.of(List.of("--part", "2/4", "--calls", "1000"));
    assertThat(part).isEqualTo(new ChaosPart(1000, 2, 4));
    assertThat(part.callsOfPart()).isEqualTo(250);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--calls",
        "--calls many",
        "--part 5/4",
        "--part 0/4",
        "--part 1",
        "--calls 3 --part 1/4"
      })
  void refusesWhatItCannotMeasure(String words) {
    assertThatThrownBy(() -> ChaosPart.of(List.of(words.split(" ", -1))))
        .isInstanceOf(BadUsageException.class)
        .hasMessageContaining("chaos");
  }
}
