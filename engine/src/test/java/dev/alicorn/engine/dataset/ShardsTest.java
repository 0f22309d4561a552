package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShardsTest {

  @Test
  void everyRowHasAShardAndAnEmptySetHasOneFile() {
    assertThat(new Shards(0, 4).count()).isEqualTo(1);
    assertThat(new Shards(4, 4).count()).isEqualTo(1);
    assertThat(new Shards(5, 4).count()).isEqualTo(2);
    assertThat(new Shards(1_200_000, Shards.ROWS_PER_SHARD).count()).isEqualTo(12);
  }

  @Test
  void lastShardHasTheRest() {
    assertThat(new Shards(0, 4).rowsOf(0)).isZero();
    assertThat(new Shards(4, 4).rowsOf(0)).isEqualTo(4);
    assertThat(new Shards(9, 4).rowsOf(1)).isEqualTo(4);
    assertThat(new Shards(9, 4).rowsOf(2)).isEqualTo(1);
  }

  @Test
  void labelsAreTheHubs() {
    assertThat(new Shards(1_200_000, 100_000).label(2)).isEqualTo("00002-of-00012");
  }
}
