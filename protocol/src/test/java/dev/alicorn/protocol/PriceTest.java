package dev.alicorn.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceTest {
  private static final Price PRICE =
      new Price(new BigDecimal("3"), new BigDecimal("0.30"), new BigDecimal("15"), "USD");

  @Test
  void cachedInputHasAPriceOfItsOwn() {
    assertThat(PRICE.of(new Usage(1_000_000, 0, 0))).isEqualByComparingTo("3");
    assertThat(PRICE.of(new Usage(1_000_000, 1_000_000, 0))).isEqualByComparingTo("0.3");
    assertThat(PRICE.of(new Usage(1_000, 400, 10))).isEqualByComparingTo("0.00207");
  }

  /// Against whole numbers: prices in a millionth of the currency, so sums in 10^-12 of it.
  @Test
  void isExact() {
    for (long seed = 0; seed < 1_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long input = random.nextLong(100_000_000);
      long cached = random.nextLong(100_000_000);
      long output = random.nextLong(100_000_000);
      long all = random.nextLong(1L << 40);
      long hit = random.nextLong(all + 1);
      long said = random.nextLong(1L << 40);
      Price price =
          new Price(
              BigDecimal.valueOf(input, 6),
              BigDecimal.valueOf(cached, 6),
              BigDecimal.valueOf(output, 6),
              "USD");
      BigInteger sum =
          BigInteger.valueOf(input)
              .multiply(BigInteger.valueOf(all - hit))
              .add(BigInteger.valueOf(cached).multiply(BigInteger.valueOf(hit)))
              .add(BigInteger.valueOf(output).multiply(BigInteger.valueOf(said)));

      assertThat(price.of(new Usage(all, hit, said)))
          .as("seed " + seed)
          .isEqualByComparingTo(new BigDecimal(sum, 12));
    }
  }

  @Test
  void aUsageThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Usage(1, 2, 0)).hasMessageContaining("input 1, cached 2");
    assertThatThrownBy(() -> new Usage(0, 0, -1)).hasMessageContaining("output -1");
    assertThatThrownBy(
            () -> new Price(BigDecimal.ONE, BigDecimal.ONE.negate(), BigDecimal.ONE, "USD"))
        .hasMessageContaining("cached input -1");
  }
}
