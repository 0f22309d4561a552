package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.EncoderSettings.Pooling;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaContext;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import dev.alicorn.gpuworker.tensorrt.cuda.MemoryCuda;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final long PLENTY = 1 << 26;
  private static final InputLayout LAYOUT =
      new InputLayout(SumNetwork.INPUTS, Pooling.MEAN, SumNetwork.DIMENSION);
  private static final Buckets BUCKETS = Buckets.of(128, false, 512);

  @Test
  void eachCaptionGetsItsOwnVectorWhateverItsLengthAndBatch() throws Exception {
    long seed = System.nanoTime();
    List<TokenSequence> captions = captions(new Random(seed), 300);
    try (MemoryCuda driver = new MemoryCuda(PLENTY)) {
      CudaContext cuda = driver.open();
      Lanes lanes = lanes(driver, cuda, 1);
      assertThat(lanes.encode(captions)).as("seed %d", seed).isEqualTo(expected(captions));
      lanes.close();
      cuda.close();
      assertThat(driver.outstanding()).isZero();
    }
  }

  @Test
  void threadsShareBothStreamsAndNothingIsAllocatedOnTheWay() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (MemoryCuda driver = new MemoryCuda(PLENTY)) {
      CudaContext cuda = driver.open();
      Lanes lanes = lanes(driver, cuda, 1);
      long allocations = cuda.allocations();
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        List<Future<Boolean>> same = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          List<TokenSequence> captions = captions(random, 40);
          same.add(threads.submit(() -> lanes.encode(captions).equals(expected(captions))));
        }
        for (Future<Boolean> each : same) {
          assertThat(each.get()).as("seed %d", seed).isTrue();
        }
      }
      assertThat(allocations).isPositive();
      assertThat(cuda.allocations()).isEqualTo(allocations);
      assertThat(driver.calls("cuGraphLaunch")).isGreaterThanOrEqualTo(64);
      lanes.close();
    }
  }

  @Test
  void aShapeIsLaunchedAsOftenAsAskedForOnEachStream() throws Exception {
    List<TokenSequence> captions = captions(new Random(4), 50);
    try (MemoryCuda driver = new MemoryCuda(PLENTY)) {
      CudaContext cuda = driver.open();
      Lanes lanes = lanes(driver, cuda, 1);
      long before = driver.calls("cuGraphLaunch");
      assertThat(lanes.launch(1, 7)).isEqualTo(2L * 7 * BUCKETS.get(1).rows());
      assertThat(driver.calls("cuGraphLaunch") - before).isEqualTo(14);
      assertThat(lanes.encode(captions)).isEqualTo(expected(captions));
      lanes.close();
    }
  }

  @Test
  void paddingIsWhatTheDeviceComputesInVain() throws Exception {
    try (MemoryCuda driver = new MemoryCuda(PLENTY)) {
      CudaContext cuda = driver.open();
      Lanes lanes = lanes(driver, cuda, 1);
      assertThat(lanes.paddingShare()).isZero();
      TokenSequence short1 = new TokenSequence(new int[8], 8, false, false);
      TokenSequence long1 = new TokenSequence(new int[128], 128, false, false);
      var _ = lanes.encode(List.of(short1));
      assertThat(lanes.paddingShare()).isEqualTo(1 - 8.0 / 512);
      var _ = lanes.encode(List.of(short1, long1, long1, long1, long1));
      assertThat(lanes.paddingShare()).isEqualTo(1 - (8.0 + 8 + 512) / (3 * 512));
      lanes.close();
    }
  }

  @Test
  void tooLittleMemoryHalvesTheRowsUntilItFits() throws Exception {
    List<TokenSequence> captions = captions(new Random(1), 50);
    try (MemoryCuda driver = new MemoryCuda(60_000)) {
      CudaContext cuda = driver.open();
      Lanes lanes = lanes(driver, cuda, 4_000);
      assertThat(lanes.buckets().rowsMax()).isBetween(1, BUCKETS.rowsMax() / 2);
      assertThat(lanes.encode(captions)).isEqualTo(expected(captions));
      lanes.close();
      cuda.close();
      assertThat(driver.outstanding()).isZero();
    }
  }

  @Test
  void memoryThatRunsOutOnTheWayLosesNoCaption() throws Exception {
    List<TokenSequence> captions = captions(new Random(2), 50);
    try (MemoryCuda driver = new MemoryCuda(PLENTY)) {
      CudaContext cuda = driver.open();
      Lanes lanes = lanes(driver, cuda, 1);
      driver.failNext("cuGraphLaunch", 2);
      assertThat(lanes.encode(captions)).isEqualTo(expected(captions));
      assertThat(lanes.buckets()).isEqualTo(BUCKETS.halved());
      lanes.close();
    }
  }

  @Test
  void notEvenARowFittingIsAFailureThatFreesAll() throws Exception {
    try (MemoryCuda driver = new MemoryCuda(1_000)) {
      CudaContext cuda = driver.open();
      assertThatThrownBy(() -> lanes(driver, cuda, 1))
          .isInstanceOf(DeviceException.class)
          .hasMessage("cuMemAlloc_v2 gave CUDA_ERROR_OUT_OF_MEMORY (2)");
      cuda.close();
      assertThat(driver.outstanding()).isZero();
    }
  }

  @Test
  void anyOtherFailureNamesTheCallAndTheLanesGoOn() throws Exception {
    List<TokenSequence> captions = captions(new Random(3), 5);
    try (MemoryCuda driver = new MemoryCuda(PLENTY)) {
      CudaContext cuda = driver.open();
      Lanes lanes = lanes(driver, cuda, 1);
      for (int i = 0; i < 10; i++) {
        driver.failNext("cuEventSynchronize", 719);
        assertThatThrownBy(() -> lanes.encode(captions))
            .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.isSticky()).isTrue())
            .hasMessage("cuEventSynchronize gave CUDA_ERROR_LAUNCH_FAILED (719)");
      }
      assertThat(lanes.encode(captions)).isEqualTo(expected(captions));
      lanes.close();
    }
  }

  private static Lanes lanes(MemoryCuda driver, CudaContext cuda, long scratchBytesPerRow)
      throws DeviceException {
    return new Lanes(cuda, () -> new SumNetwork(driver, scratchBytesPerRow), LAYOUT, BUCKETS);
  }

  private static List<TokenSequence> captions(Random random, int count) {
    List<TokenSequence> captions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = random.ints(1 + random.nextInt(128), 0, 1000).toArray();
      captions.add(new TokenSequence(ids, 1 + random.nextInt(ids.length), false, false));
    }
    return captions;
  }

  private static List<Embedding> expected(List<TokenSequence> captions) {
    return captions.stream().map(each -> Embedding.wrap(SumNetwork.expected(each))).toList();
  }
}
