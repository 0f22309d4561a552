package dev.alicorn.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokensTest {
  @Test
  void countsLettersSignsAndIdeographsApart() {
    assertThat(Tokens.of("")).isZero();
    assertThat(Tokens.of("A dog runs.")).isEqualTo(4);
    assertThat(Tokens.of("eightlet nineletter")).isEqualTo(3);
    assertThat(Tokens.of("{\"A\":\"\",\"B\"}")).isEqualTo(1 + 1 + 2 + 1 + 1);
    assertThat(Tokens.of("一只狗")).isEqualTo(3);
  }
}
