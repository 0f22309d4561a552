package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.RecordId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneTest {
  @Test
  void handsOutInOrderAcrossItsGrowth() {
    Lane lane = new Lane();
    for (long i = 1; i <= 40; i++) {
      lane.offer(new RecordId(i));
    }
    for (long i = 1; i <= 30; i++) {
      assertThat(lane.next().toCompletableFuture())
          .isCompletedWithValue(Optional.of(new RecordId(i)));
    }
    for (long i = 41; i <= 300; i++) {
      lane.offer(new RecordId(i));
    }
    for (long i = 31; i <= 300; i++) {
      assertThat(lane.next().toCompletableFuture())
          .isCompletedWithValue(Optional.of(new RecordId(i)));
    }
    assertThat(lane.size()).isZero();
  }

  @Test
  void aWaitingConsumerGetsTheNextOneOrTheEnd() {
    Lane lane = new Lane();
    CompletableFuture<Optional<RecordId>> first = lane.next().toCompletableFuture();
    assertThat(first).isNotDone();
    lane.offer(new RecordId(5));
    assertThat(first).isCompletedWithValue(Optional.of(new RecordId(5)));

    CompletableFuture<Optional<RecordId>> second = lane.next().toCompletableFuture();
    lane.close();
    assertThat(second).isCompletedWithValue(Optional.empty());
  }

  @Test
  void whatWaitsIsHandedOutAfterTheClose() {
    Lane lane = new Lane();
    lane.offer(new RecordId(1));
    lane.close();
    assertThat(lane.next().toCompletableFuture())
        .isCompletedWithValue(Optional.of(new RecordId(1)));
    assertThat(lane.next().toCompletableFuture()).isCompletedWithValue(Optional.empty());
  }
}
