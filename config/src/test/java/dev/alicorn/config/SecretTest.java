package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  private static final String CANARY = "sk-canary-7f3a";

  @Test
  void printsAsStars() {
    Secret secret = new Secret(CANARY);
    assertThat(secret).hasToString("***").isNotInstanceOf(Serializable.class);
    assertThat(secret.reveal()).isEqualTo(CANARY);
  }

  @Test
  void isEqualByContent() {
    assertThat(new Secret(CANARY))
        .isEqualTo(new Secret(CANARY))
        .hasSameHashCodeAs(new Secret(CANARY))
        .isNotEqualTo(new Secret(CANARY + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", CANARY + "\n", "two words", CANARY + "é"})
  void refusesWhatNoHeaderCarriesWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> new Secret(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a secret has ")
        .hasMessageNotContaining(CANARY);
  }
}
