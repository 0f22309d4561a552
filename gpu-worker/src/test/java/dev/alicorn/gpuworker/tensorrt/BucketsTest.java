package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void rowsFillTheBatchAtEachLength() {
    assertThat(Buckets.of(256, false, 8192))
        .hasToString("256x32 128x64 85x96 64x128 42x192 32x256");
    assertThat(Buckets.of(77, true, 8192)).hasToString("106x77");
    assertThat(Buckets.of(8192, false, 4096).buckets().getLast()).isEqualTo(new Bucket(8192, 1));
  }

  @Test
  void everyLengthHasTheSmallestBucketThatHoldsIt() {
    Buckets buckets = Buckets.of(300, false, 1024);
    for (int tokens = 1; tokens <= 300; tokens++) {
      int index = buckets.indexFor(tokens);
      assertThat(buckets.get(index).tokens()).isGreaterThanOrEqualTo(tokens);
      assertThat(index == 0 || buckets.get(index - 1).tokens() < tokens).isTrue();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> buckets.indexFor(301));
  }

  @Test
  void aWindowIsCutIntoBatchesThatFillABucketEach() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Buckets buckets = Buckets.of(256, false, 1024);
    List<TokenSequence> window = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int length = 1 + random.nextInt(256);
      window.add(new TokenSequence(new int[length], length, false, false));
    }
    Set<Integer> places = new HashSet<>();
    Set<Integer> notFull = new HashSet<>();
    int last = Integer.MAX_VALUE;
    for (TokenBatch batch : buckets.cut(window)) {
      int index = buckets.indexFor(batch.rows().getFirst().length());
      assertThat(index).as("seed %d", seed).isLessThanOrEqualTo(last);
      last = index;
      for (int row = 0; row < batch.rows().size(); row++) {
        assertThat(batch.rows().get(row)).isSameAs(window.get(batch.places().get(row)));
        assertThat(buckets.indexFor(batch.rows().get(row).length())).isEqualTo(index);
        assertThat(places.add(batch.places().get(row))).isTrue();
      }
      assertThat(batch.rows().size()).isLessThanOrEqualTo(buckets.get(index).rows());
      if (batch.rows().size() < buckets.get(index).rows()) {
        assertThat(notFull.add(index)).as("seed %d: one batch not full", seed).isTrue();
      }
    }
    assertThat(places).hasSize(window.size());
  }

  @Test
  void halvingKeepsLengthsAndARow() {
    Buckets halved = Buckets.of(256, false, 300).halved();
    assertThat(halved).hasToString("4x32 2x64 1x96 1x128 1x192 1x256");
  }
}
