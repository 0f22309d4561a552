package dev.alicorn.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.protocol.Embedding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorpusMeanTest {
  private static final long SEED = 20250817;
  private static final List<Embedding> ROWS = TestVectors.rows(7, 1000, 48, 0.3);

  @Test
  void orderAndSplitDoNotChangeABit() {
    double[] expected = TestVectors.mean(ROWS).mean();
    Random random = new Random(SEED);
    for (int round = 0; round < 20; round++) {
      List<Embedding> shuffled = new ArrayList<>(ROWS);
      Collections.shuffle(shuffled, random);
      int parts = 1 + random.nextInt(5);
      CorpusMean whole = new CorpusMean(48);
      for (int part = 0; part < parts; part++) {
        whole.merge(
            TestVectors.mean(
                shuffled.subList(
                    part * shuffled.size() / parts, (part + 1) * shuffled.size() / parts)));
      }
      assertThat(whole.rows()).isEqualTo(1000);
      assertThat(whole.mean()).as("seed %d, round %d", SEED, round).isEqualTo(expected);
    }
  }

  @Test
  void agreesWithTheExactMeanToTheRounding() {
    BigDecimal exact = BigDecimal.ZERO;
    for (Embedding row : ROWS) {
      exact = exact.add(new BigDecimal(TestVectors.unit(row).get(0)));
    }
    double expected = exact.doubleValue() / ROWS.size();
    assertThat(TestVectors.mean(ROWS).mean()[0]).isCloseTo(expected, within(0x1p-41));
  }

  @Test
  void sumsOfMoreRowsThanFloat64HoldsStayExact() {
    UnitVector row = TestVectors.unit(Embedding.wrap(new float[] {1, 2, -2, 0.1f}));
    CorpusMean one = new CorpusMean(4);
    one.add(row);
    CorpusMean many = new CorpusMean(4);
    for (int i = 0; i < 1 << 15; i++) {
      many.add(row);
    }
    assertThat(many.mean()).isEqualTo(one.mean());
  }

  @Test
  void sumsBeyond64BitsStayExact() {
    CorpusMean mean = new CorpusMean(2);
    mean.add(TestVectors.unit(Embedding.wrap(new float[] {-3, 4})));
    double[] one = mean.mean();
    for (int doubling = 0; doubling < 40; doubling++) {
      CorpusMean copy = new CorpusMean(2);
      copy.merge(mean);
      mean.merge(copy);
    }
    assertThat(mean.rows()).isEqualTo(1L << 40);
    assertThat(mean.mean()).isEqualTo(one);
  }

  @Test
  void merelyReadingOrMergingLeavesTheOtherAsItWas() {
    CorpusMean other = TestVectors.mean(ROWS);
    double[] before = other.mean();
    new CorpusMean(48).merge(other);
    assertThat(other.mean()).isEqualTo(before);
    assertThat(other.rows()).isEqualTo(1000);
  }

  @Test
  void noRowsHaveAZeroMean() {
    assertThat(new CorpusMean(3).mean()).containsExactly(0, 0, 0);
  }

  @Test
  void anotherDimensionIsABug() {
    CorpusMean mean = new CorpusMean(3);
    assertThatThrownBy(() -> mean.merge(new CorpusMean(2)))
        .isInstanceOf(IllegalArgumentException.class);
    UnitVector row = TestVectors.unit(Embedding.wrap(new float[] {1, 2}));
    assertThatThrownBy(() -> mean.add(row)).isInstanceOf(IllegalArgumentException.class);
  }
}
