package dev.alicorn.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenEstimateTest {
  @Test
  void countsLettersSignsAndIdeographsApart() {
    assertThat(TokenEstimate.of("")).isZero();
    assertThat(TokenEstimate.of("A dog runs.")).isEqualTo(4);
    assertThat(TokenEstimate.of("eightlet nineletter")).isEqualTo(3);
    assertThat(TokenEstimate.of("{\"A\":\"\",\"B\"}")).isEqualTo(1 + 1 + 2 + 1 + 1);
    assertThat(TokenEstimate.of("一只狗")).isEqualTo(3);
  }
}
