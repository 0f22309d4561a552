package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "600, 600",
    "2k, 2000",
    "50M, 50000000",
    "50 M, 50000000",
    "1.5G, 1500000000",
    "9T, 9000000000000",
    "1e3, 1000",
    "1.25e+2, 125",
    "9223372036854775807, 9223372036854775807",
  })
  void countsAreDecimal(String text, long count) {
    assertThat(Quantity.count(text)).contains(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1.5",
        "50MB",
        "50m",
        "2K",
        "1_000",
        "0x10",
        "k",
        "9223372036854775808",
        "9e99",
        "٣"
      })
  void whatIsNoCountIsNone(String text) {
    assertThat(Quantity.count(text)).isEmpty();
  }

  @Test
  void sizesMayHaveUnits() {
    assertThat(Quantity.bytes(value("2GiB"))).contains(2L << 30);
    assertThat(Quantity.bytes(value("2GB"))).contains(2_000_000_000L);
    assertThat(Quantity.bytes(value(512))).contains(512L);
    assertThat(Quantity.bytes(value("-1"))).isEmpty();
    assertThat(Quantity.bytes(value("2 apples"))).isEmpty();
  }

  @Test
  void timeSpansNeedAUnitAndLast() {
    assertThat(Quantity.duration(value("50ms"))).contains(Duration.ofMillis(50));
    assertThat(Quantity.duration(value("5 minutes"))).contains(Duration.ofMinutes(5));
    assertThat(Quantity.duration(value(50))).isEmpty();
    assertThat(Quantity.duration(value("0s"))).isEmpty();
    assertThat(Quantity.duration(value("-5s"))).isEmpty();
    assertThat(Quantity.duration(value("5 apples"))).isEmpty();
  }

  @Test
  void amountsKeepTheirDigits() {
    assertThat(Quantity.amount("0.10").orElseThrow().scale()).isEqualTo(2);
    assertThat(Quantity.amount("-1")).isEmpty();
    assertThat(Quantity.amount("25 USD")).isEmpty();
  }

  private static ConfigValue value(Object value) {
    return ConfigValueFactory.fromAnyRef(value);
  }
}
