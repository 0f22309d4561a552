package dev.alicorn.gpuworker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBatchTest {

  @Test
  void coversTheWindowOnceInBoundedBatchesOfFallingLength() {
    long seed = Long.getLong("alicorn.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      List<TokenSequence> window = new ArrayList<>();
      int rows = random.nextInt(200);
      for (int i = 0; i < rows; i++) {
        int length = 2 + random.nextInt(255);
        window.add(new TokenSequence(new int[length], length, false, false));
      }
      int tokensMax = 1 + random.nextInt(4096);

      List<TokenBatch> batches = TokenBatch.cut(window, tokensMax);

      assertThat(batches.stream().flatMap(batch -> batch.places().stream()))
          .as("seed %d", seed)
          .hasSize(rows)
          .doesNotHaveDuplicates();
      int shortest = Integer.MAX_VALUE;
      for (TokenBatch batch : batches) {
        int longest = batch.rows().getFirst().length();
        assertThat(longest).as("seed %d", seed).isLessThanOrEqualTo(shortest);
        assertThat(batch.rows().size() == 1 || batch.rows().size() * longest <= tokensMax)
            .as("seed %d: %d rows of %d within %d", seed, batch.rows().size(), longest, tokensMax)
            .isTrue();
        for (int row = 0; row < batch.rows().size(); row++) {
          assertThat(batch.rows().get(row)).isSameAs(window.get(batch.places().get(row)));
        }
        shortest = batch.rows().getLast().length();
      }
    }
  }
}
