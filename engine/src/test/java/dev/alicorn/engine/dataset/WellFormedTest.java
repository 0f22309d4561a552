package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WellFormedTest {

  @Test
  void loneSurrogatesAreReplacedAndPairsKept() {
    assertThat(WellFormed.text("a\uD83D\uDEA4b")).isEqualTo("a\uD83D\uDEA4b");
    assertThat(WellFormed.text("a\uD83Db\uDEA4")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(WellFormed.text("\uDEA4\uD83D\uDEA4\uD83D")).isEqualTo("\uFFFD\uD83D\uDEA4\uFFFD");
  }

  @Test
  void otherTextIsTheSameObject() {
    String text = "caf\u00e9";
    assertThat(WellFormed.text(text)).isSameAs(text);
  }
}
