package dev.alicorn.engine.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.journal.Position;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.RecordId;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplyIndexTest {
  @Test
  void findsWhatAMapOfMapsFinds() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    ReplyIndex index = new ReplyIndex();
    Map<Integer, TreeMap<Long, ReplyIndex.Found>> oracle = new TreeMap<>();
    long place = 0;
    for (int journal = 0; journal < 3; journal++) {
      for (int i = 0; i < 2_000; i++) {
        int key = random.nextInt(900);
        RecordId record = new RecordId(1 + random.nextInt(40));
        Position position = new Position(1 + i / 500, place += 1 + random.nextInt(100));
        index.add(key(key), record, journal, position);
        oracle
            .computeIfAbsent(key, _ -> new TreeMap<>())
            .putIfAbsent(record.ordinal(), new ReplyIndex.Found(journal, position));
      }
    }
    index.sort();

    assertThat(index.size()).isEqualTo(6_000);
    for (int key = 0; key < 1_000; key++) {
      TreeMap<Long, ReplyIndex.Found> known = oracle.getOrDefault(key, new TreeMap<>());
      for (long record = 1; record <= 42; record++) {
        ReplyIndex.Found wanted =
            known.isEmpty() ? null : known.getOrDefault(record, known.firstEntry().getValue());
        assertThat(index.find(key(key), new RecordId(record)))
            .as("seed %d, key %d, record %d", seed, key, record)
            .isEqualTo(wanted);
      }
    }
  }

  @Test
  void isEmptyWithoutReplies() {
    ReplyIndex index = new ReplyIndex();
    index.sort();
    assertThat(index.find(key(1), new RecordId(1))).isNull();
  }

  private static CallKey key(int number) {
    return new CallKey(ContentHash.of("call " + number));
  }
}
