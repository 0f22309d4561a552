package dev.alicorn.gpuworker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.RecordId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Workers that are killed at random moments of a long stream of batches.
class KilledWorkerFaultIT {
  private static final int KILLS = 10;
  private static final int BATCHES_IN_FLIGHT = 16;
  private static final int BATCHES_BETWEEN_MAX = 30;

  @Test
  void everyBatchIsAnsweredOnceWithTheSameVectors() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<EncodeBatch> batches = WorkerBench.batches(seed, 400);
    Map<RecordId, EncodedBatch> answers = new HashMap<>();
    try (WorkerBench bench = new WorkerBench(2, _ -> 1)) {
      bench.open();
      int sent = 0;
      int kills = 0;
      int nextKill = random.nextInt(1, BATCHES_BETWEEN_MAX);
      while (answers.size() < batches.size()) {
        while (sent < batches.size() && sent - answers.size() < BATCHES_IN_FLIGHT) {
          bench.encode(batches.get(sent++));
        }
        EncodedBatch answer = bench.done();
        assertThat(answers.put(answer.results().getFirst().record(), answer))
            .as("seed %s: no batch is answered twice", seed)
            .isNull();
        if (kills < KILLS && answers.size() >= nextKill) {
          bench.process(random.nextInt(1, 3)).kill();
          kills++;
          nextKill = answers.size() + random.nextInt(1, BATCHES_BETWEEN_MAX);
        }
      }
      bench.replies.expectNoMessage(Duration.ZERO);
      assertThat(kills).as("seed %s", seed).isEqualTo(KILLS);
      assertThat(
              batches.stream()
                  .map(batch -> answers.get(batch.items().getFirst().record()))
                  .toList())
          .as("seed %s", seed)
          .isEqualTo(WorkerBench.inProcess(batches));
    }
  }
}
