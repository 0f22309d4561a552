package dev.alicorn.gpuworker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two worker processes at the work of one pool.
class WorkerProcessesIT {
  private static final int BATCHES = 60;

  @Test
  void giveTheVectorsOfTheEncoderInThisProcess() throws Exception {
    long seed = System.nanoTime();
    List<EncodeBatch> batches = WorkerBench.batches(seed, BATCHES);
    try (WorkerBench bench = new WorkerBench(2, _ -> 1)) {
      bench.open();
      // Work goes on until both have had some; one of them may have been up for a while by then.
      List<EncodedBatch> answers = encode(bench, batches);
      assertThat(answers)
          .as("seed %s", seed)
          .containsExactlyElementsOf(WorkerBench.inProcess(batches));
      for (int round = 0; bench.batchesByWorker.size() < 2 && round < 100; round++) {
        encode(bench, batches);
      }
      assertThat(bench.batchesByWorker).hasSize(2);
    }
  }

  @Test
  void aSlowOneDoesNotHoldBackTheOther() throws Exception {
    long seed = System.nanoTime();
    List<EncodeBatch> batches = WorkerBench.batches(seed, BATCHES);
    try (WorkerBench bench = new WorkerBench(2, slot -> slot == 1 ? 40 : 1)) {
      bench.open();
      while (bench.batchesByWorker.size() < 2) {
        encode(bench, batches);
      }
      int before = bench.batchesBy(bench.process(1));
      for (int round = 0; round < 3; round++) {
        encode(bench, batches);
      }
      int bySlow = bench.batchesBy(bench.process(1)) - before;
      assertThat(bySlow).as("seed %s", seed).isLessThan(3 * BATCHES / 4);
    }
  }

  /// All at once; the answers come in any order.
  private static List<EncodedBatch> encode(WorkerBench bench, List<EncodeBatch> batches) {
    batches.forEach(bench::encode);
    List<EncodedBatch> answers = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      answers.add(bench.done());
    }
    answers.sort(Comparator.comparing(answer -> answer.results().getFirst().record()));
    return answers;
  }
}
