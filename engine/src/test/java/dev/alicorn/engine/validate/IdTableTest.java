package dev.alicorn.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.dataset.DatasetSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdTableTest {

  @Test
  void keepsWhatAMapKeeps() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    IdTable table = new IdTable();
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Integer> hashes = new HashMap<>();
    for (int round = 0; round < 60_000; round++) {
      String id = Integer.toString(random.nextInt(20_000));
      int bit = 1 << random.nextInt(24);
      int hash = random.nextInt();
      int place = table.place(id);
      table.see(place, bit);
      table.captions().put(place, hash);
      table.conversations(DatasetSet.INSTRUCT).put(place, ~hash);
      seen.merge(id, bit, (one, other) -> one | other);
      hashes.put(id, hash);
    }
    assertThat(seen.size()).as("seed %d", seed).isGreaterThan(18_000);
    seen.forEach((id, bits) -> {
      int place = table.find(id).orElseThrow();
      assertThat(table.seen(place)).as("seed %d, id %s", seed, id).isEqualTo(bits);
      assertThat(table.captions().get(place)).isEqualTo(hashes.get(id));
      assertThat(table.conversations(DatasetSet.INSTRUCT).get(place))
          .isEqualTo(~hashes.getOrDefault(id, 0));
      assertThat(table.conversations(DatasetSet.PRETRAIN).get(place)).isZero();
    });
    assertThat(table.find("20000")).isEmpty();
    assertThat(table.count(1, 2))
        .isEqualTo(seen.values().stream().filter(bits -> (bits & 3) == 1).count());
  }
}
