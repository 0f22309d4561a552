package dev.alicorn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
  @Test
  void isTheWholeUnlessItIsTold() throws BadUsageException {
    assertThat(part(List.of())).isEqualTo(new Part(1_000_000, 1, 1));
    Part part = part(List.of("--part", "2/4", "--calls", "1000"));
    assertThat(part).isEqualTo(new Part(1000, 2, 4));
    assertThat(part.unitsOfPart()).isEqualTo(250);
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
    assertThatThrownBy(() -> part(List.of(words.split(" ", -1))))
        .isInstanceOf(BadUsageException.class)
        .hasMessageContaining("chaos");
  }

  private static Part part(List<String> words) throws BadUsageException {
    return Part.of("chaos", "calls", 1_000_000, words);
  }
}
