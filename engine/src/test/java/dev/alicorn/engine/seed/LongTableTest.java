package dev.alicorn.engine.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {
  @Test
  void holdsWhatAMapHolds() {
    long seed = 4_711;
    Random random = new Random(seed);
    Map<Long, Long> wanted = new HashMap<>();
    LongTable table = new LongTable();
    for (int i = 0; i < 100_000; i++) {
      // Few keys, many of them with equal high bits and so in one run of slots.
      long key = (random.nextLong(64) << 40) | random.nextLong(500);
      long value = 1 + random.nextLong(1_000);
      Long before = wanted.get(key);
      assertThat(table.raise(key, value))
          .as("seed %s, step %s", seed, i)
          .isEqualTo(before == null ? 0L : before);
      wanted.merge(key, value, Math::max);
    }
    assertThat(table.size()).isEqualTo(wanted.size());
    wanted.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
    assertThat(table.get(-1)).isZero();
  }
}
