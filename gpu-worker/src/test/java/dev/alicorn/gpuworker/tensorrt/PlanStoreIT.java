package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.device.CudaVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreIT {
  @TempDir Path folder;
  private PlanStore store;
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void open() {
    store = new PlanStore(folder.resolve("some-model"));
  }

  @Test
  void aPlanIsMadeOnceThoughManyAsk() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<Path>> asked = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        asked.add(threads.submit(() -> store.plan(key(1), this::make)));
      }
      for (Future<Path> plan : asked) {
        assertThat(plan.get()).hasContent("a plan");
      }
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void aFailureLeavesNothingAndIsTriedAgain() throws Exception {
    assertThatThrownBy(() ->
            store.plan(
                key(1),
                file -> {
                  make(file);
                  throw new EncoderException("no kernel");
                }))
        .hasMessage("no kernel");
    assertThat(names()).containsExactly("lock");
    assertThat(store.plan(key(1), this::make)).hasContent("a plan");
  }

  @Test
  void whatAKilledBuilderLeftIsNoPlan() throws Exception {
    Files.createDirectories(store.folder());
    Files.writeString(store.folder().resolve(key(1).hash().hex() + ".plan.part"), "half");
    assertThat(store.plan(key(1), this::make)).hasContent("a plan");
    assertThat(names()).containsExactly(key(1).hash().hex() + ".plan", "lock");
  }

  @Test
  void thoseUsedLongestAgoAreRemoved() throws Exception {
    for (int i = 1; i <= 4; i++) {
      Path plan = store.plan(key(i), this::make);
      Files.setLastModifiedTime(plan, FileTime.fromMillis(1_000L * i));
    }
    store.plan(key(1), this::make);
    store.plan(key(5), this::make);
    assertThat(made).hasValue(5);
    assertThat(names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(1, 3, 4, 5).map(i -> key(i).hash().hex() + ".plan"),
                    Stream.of("lock"))
                .toList());
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new PlanStore(file.resolve("model")).plan(key(1), this::make))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("cannot be stored")
        .hasMessageContaining("check the disk's room");
  }

  private void make(Path file) {
    made.incrementAndGet();
    try {
      Files.writeString(file, "a plan");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(store.folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static EngineKey key(int version) {
    return new EngineKey(
        "ab",
        "cls",
        version,
        "9.0",
        "H200",
        new CudaVersion(13, 0),
        Buckets.of(64, false, 512),
        Precision.FP16);
  }
}
