package dev.alicorn.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.journal.JournalStats;
import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.engine.replay.ReplayProgress.StageProgress;
import dev.alicorn.engine.transfer.TestVectors;
import dev.alicorn.protocol.JobSpec.Transfer;
import dev.alicorn.protocol.Recipe;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same journal gives the same bytes (P5).
class ReplayIT {
  /// Three ranges, the last not full.
  private static final int RECORDS = 2 * Scatter.RANGE_RECORDS + 1_000;

  @TempDir private Path folder = Path.of("");

  /// The bench `replays` does this a hundred times, in processes of their own.
  @Test
  void givesTheSameBytesByWhateverThreadsAndWherever() throws Exception {
    Path journal = folder.resolve("journal");
    SyntheticJournal.write(journal, RECORDS, 24);
    // Only files behind which an incarnation was opened can be packed.
    Journal.open(journal, JournalSettings.DEFAULT, "test").close();
    Path first = folder.resolve("first");
    ReplayResult result = Replay.of(journal, "test").on(1).into(first);
    assertThat(result.captions()).containsOnlyKeys("exported").containsValue((long) RECORDS);
    assertThat(result.samples()).containsOnlyKeys("exported");
    FileHashes wanted = FileHashes.of(first);
    assertThat(wanted.byPath()).hasSizeGreaterThan(6);

    long seed = System.nanoTime();
    Random random = new Random(seed);
    JournalCopy copies = JournalCopy.of(journal, folder.resolve("packed"));
    assertThat(fileBytes(folder.resolve("packed")))
        .as("but for zeros at the end of the last fact")
        .isCloseTo(fileBytes(journal), within(8L));
    for (JournalCopy.Packing packing : JournalCopy.Packing.values()) {
      Surroundings drawn = Surroundings.draw(random);
      Path copy = copies.into(folder.resolve("copy-" + packing), packing, random);
      Path again = folder.resolve("again-" + packing);
      drawn.within(() -> Replay.of(copy, "test").on(drawn.threads()).into(again));
      assertThat(FileHashes.of(again)).as("seed %d, %s", seed, drawn).isEqualTo(wanted);
    }
  }

  private static long fileBytes(Path journal) throws Exception {
    try (JournalCursor cursor = JournalReader.open(journal)) {
      return cursor.fileBytes();
    }
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    Path journal = folder.resolve("journal");
    SyntheticJournal.write(journal, RECORDS, 8);
    ReplayMeter meter = new ReplayMeter();
    FutureTask<ReplayResult> replay =
        new FutureTask<>(
            () -> Replay.of(journal, "test").meteredBy(meter).into(folder.resolve("out")));
    Thread thread = Thread.ofPlatform().start(replay);
    ReplayProgress before = meter.look();
    while (!thread.join(Duration.ofMillis(1))) {
      ReplayProgress now = meter.look();
      requireFurther(before, now);
      before = now;
    }
    ReplayResult made = replay.get();

    List<StageProgress> end = meter.look().stages();
    requireFurther(before, meter.look());
    assertThat(end)
        .extracting(StageProgress::stage)
        .containsExactly(Stage.READING, Stage.JUDGING, Stage.WRITING);
    assertThat(end).allSatisfy(stage -> assertThat(stage.done()).isEqualTo(stage.total()));
    assertThat(end.get(1).total()).isEqualTo(RECORDS);
    assertThat(end.get(2).total())
        .isEqualTo(RECORDS + made.samples().values().stream().mapToLong(Long::longValue).sum());
    JournalStats stats = JournalStats.of(journal);
    assertThat(end.getFirst().total()).isBetween(stats.payloadBytes(), stats.fileBytes());
  }

  @Test
  void eachTransferGivesTheSameBytesByWhateverThreads() throws Exception {
    Path journal = folder.resolve("journal");
    SyntheticJournal.write(journal, RECORDS, 24);
    Recipe own = recipe(journal);
    List<Transfer> transfers =
        List.of(
            new Transfer(Transfer.Method.NONE, true),
            new Transfer(Transfer.Method.MEAN_SHIFT, false),
            Transfer.reAlign(TestVectors.anchor(24), 1),
            Transfer.reAlign(TestVectors.anchor(24), 2),
            Transfer.c3(0.5));
    Set<FileHashes> made = new HashSet<>();
    for (int number = 0; number < transfers.size(); number++) {
      Recipe recipe = own.with(transfers.get(number));
      Path one = folder.resolve("one-" + number);
      Path other = folder.resolve("other-" + number);
      ReplayMeter meter = new ReplayMeter();
      Replay.of(journal, "test").by(recipe).on(1).into(one);
      Replay.of(journal, "test").by(recipe).on(3).meteredBy(meter).into(other);
      assertThat(FileHashes.of(other)).as("%s", recipe.transfer()).isEqualTo(FileHashes.of(one));
      made.add(FileHashes.of(one));
      int iterations = recipe.transfer().centroidIterations();
      boolean fitted = recipe.transfer().anchor().isPresent();
      assertThat(meter.look().stages())
          .filteredOn(stage -> stage.stage() == Stage.FITTING)
          .extracting(StageProgress::done)
          .isEqualTo(fitted ? List.of((long) RECORDS * iterations) : List.of());
    }
    assertThat(made).hasSameSizeAs(transfers);
  }

  @Test
  void anAnchorOfAnotherEncoderIsRefused() throws Exception {
    Path journal = folder.resolve("journal");
    SyntheticJournal.write(journal, 10, 24);
    Recipe recipe = recipe(journal).with(Transfer.reAlign(TestVectors.anchor(8), 1));
    assertThat(
            catchThrowable(() -> Replay.of(journal, "test").by(recipe).into(folder.resolve("out"))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "transfer.anchor: it has 8 dimensions and the encoder made-up has 24; make one with"
                + " the image encoder of the same model");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static Recipe recipe(Path journal) throws Exception {
    try (JournalCursor cursor = JournalReader.open(journal)) {
      return JobSpecJson.read(JobHeader.read(cursor).job().orElseThrow().specJson()).recipe();
    }
  }

  /// Stages come in their order, and each grows.
  private static void requireFurther(ReplayProgress before, ReplayProgress after) {
    assertThat(after.stages()).hasSizeGreaterThanOrEqualTo(before.stages().size());
    for (int number = 0; number < before.stages().size(); number++) {
      StageProgress one = before.stages().get(number);
      StageProgress other = after.stages().get(number);
      assertThat(other.stage()).isEqualTo(one.stage());
      assertThat(other.done()).isBetween(one.done(), other.total());
      assertThat(other.total()).isLessThanOrEqualTo(one.total());
    }
  }

  @Test
  void anInterruptedReplayLeavesNothing() throws Exception {
    Path journal = folder.resolve("journal");
    SyntheticJournal.write(journal, RECORDS, 8);
    Thread.currentThread().interrupt();
    Path target = folder.resolve("out/dataset");
    assertThat(catchThrowable(() -> Replay.of(journal, "test").into(target)))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }
}
