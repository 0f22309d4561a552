package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
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
  void halvingKeepsLengthsAndARow() {
    Buckets halved = Buckets.of(256, false, 300).halved();
    assertThat(halved).hasToString("4x32 2x64 1x96 1x128 1x192 1x256");
  }

  @Test
  void paddingIsWhatTheDeviceComputesInVain() {
    Buckets buckets = Buckets.of(256, false, 8192);
    assertThat(buckets.paddingShare(List.of(32, 64, 96))).isZero();
    assertThat(buckets.paddingShare(List.of(48, 96))).isEqualTo(1 - 144.0 / 160);
    assertThat(buckets.paddingShare(List.of())).isZero();
    // Captions of 115 to 145 words, about 1.2 tokens each.
    assertThat(buckets.paddingShare(IntStream.rangeClosed(138, 174).boxed().toList()))
        .isLessThan(0.2);
    assertThat(buckets.paddingShare(Collections.nCopies(9, 129))).isGreaterThan(0.3);
  }
}
