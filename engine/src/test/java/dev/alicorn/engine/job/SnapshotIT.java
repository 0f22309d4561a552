package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.Bookmark;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.engine.state.JobLife;
import dev.alicorn.engine.state.JobState;
import dev.alicorn.engine.state.Snapshot;
import dev.alicorn.engine.state.SnapshotFile;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobSpec;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A start from a snapshot and the facts behind it knows what one from all facts does.
class SnapshotIT {
  private static final int SEEDS = 60;
  private static final int DAMAGES = 300;
  private static final Duration ANSWER = Duration.ofMillis(8);
  private static final ContentHash BASIS = ContentHash.of("test");

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  /// At every fact of a journal of several incarnations, with replies that are unfit, asks that
  /// follow them and captions that cannot be embedded.
  @Test
  void aStateThatGoesOnFromASnapshotIsThatOfAllFacts() throws Exception {
    long seed = System.nanoTime();
    interruptedJob(seed);
    try (Journal journal = open()) {
      Folding fold = Folding.of(journal);
      JobState whole = new JobState(journal, fold.judge(), fold.bindings(), false);
      long lastSeq = journal.durableSeq();
      fold(whole, journal.cursor(), lastSeq);
      byte[] expected = bytes(whole, "whole");
      for (long seq = 1; seq < lastSeq; seq++) {
        JobState early = new JobState(journal, fold.judge(), fold.bindings(), false);
        fold(early, journal.cursor(), seq);
        Path kept = folder.resolve("kept");
        Files.createDirectories(kept);
        new SnapshotFile(kept).write(early.snapshot(BASIS));
        Snapshot snapshot = new SnapshotFile(kept).read().orElseThrow();
        JobState later = new JobState(journal, fold.judge(), fold.bindings(), false, snapshot);
        fold(later, journal.cursorBehind(snapshot.end()).orElseThrow(), lastSeq);
        assertThat(bytes(later, "later")).as("seed %s, fact %s", seed, seq).isEqualTo(expected);
      }
    }
  }

  @Test
  void whatIsDamagedIsNoSnapshot() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    interruptedJob(seed);
    SnapshotFile file = new SnapshotFile(folder.resolve("job"));
    assertThat(file.read()).isPresent();
    byte[] good = Files.readAllBytes(folder.resolve("job/snapshot"));
    for (int damage = 0; damage < DAMAGES; damage++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      if (damage % 3 == 0) {
        bad = Arrays.copyOf(bad, at);
      } else {
        bad[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(folder.resolve("job/snapshot"), bad);
      assertThat(file.read()).as("seed %s, byte %s", seed, at).isEmpty();
    }
  }

  @Test
  void aJournalThatHoldsAnotherFactThereIsFoldedWhole() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      job(endpoint).completed();
    }
    Snapshot snapshot = new SnapshotFile(folder.resolve("job")).read().orElseThrow();
    Bookmark end = snapshot.end();
    assertThat(snapshot.life().phase()).isEqualTo(JobLife.Phase.COMPLETED);
    assertThat(StoredJob.read(folder.resolve("job")).orElseThrow().life())
        .isEqualTo(snapshot.life());
    try (Journal journal = open()) {
      assertThat(journal.cursorBehind(end)).isPresent();
      for (Bookmark other :
          Stream.of(
                  new Bookmark(end.position(), end.seq(), end.crc() + 1),
                  new Bookmark(end.position(), end.seq() + 1, end.crc()),
                  new Bookmark(moved(end, 1, 0), end.seq(), end.crc()),
                  new Bookmark(moved(end, 0, 4), end.seq(), end.crc()),
                  new Bookmark(moved(end, 0, 1L << 40), end.seq(), end.crc()))
              .toList()) {
        assertThat(journal.cursorBehind(other)).as(other.toString()).isEmpty();
      }
    }
  }

  /// The start is quick because it does not look there; the dataset is made of all facts.
  @Test
  void damageBeforeTheSnapshotIsMetAtTheDatasetAtTheLatest() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().answeringAfter(ANSWER).start()) {
      TestRun run = job(endpoint).withSnapshotEvery(20).start();
      pauseAfter(run, endpoint, SEEDS / 2);
      flipASeed();

      long requestsBefore = endpoint.ledger().requests();
      assertThatThrownBy(() -> job(endpoint).withSnapshotEvery(20).run())
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("a record is damaged");
      assertThat(endpoint.ledger().requests())
          .as("it had begun its calls")
          .isGreaterThan(requestsBefore);
      assertThat(folder.resolve("dataset")).doesNotExist();
    }
  }

  /// Pauses it at random, some of its replies are unfit.
  private void interruptedJob(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.mix("pairs=0.4", random.nextInt(1_000)))
            .answeringAfter(ANSWER)
            .start()) {
      for (int pause = 0; pause < 3; pause++) {
        TestRun run = job(endpoint).withSnapshotEvery(50).start();
        pauseAfter(run, endpoint, endpoint.ledger().requests() + random.nextInt(SEEDS / 3));
      }
      job(endpoint).withSnapshotEvery(50).completed();
    }
  }

  private TestJob job(ScriptedEndpoint endpoint) {
    return BENCH
        .job(folder, endpoint)
        .ofSeeds(SEEDS)
        .inFlight(5)
        .withSteps(
            "instruct { endpoint = scripted, tasks { multiple_choice = 4, question_answering = 4 } }")
        .embedding(new HashingEncoder(8, "kite number 7"));
  }

  private static void pauseAfter(TestRun run, ScriptedEndpoint endpoint, long requests)
      throws Exception {
    while (!run.outcome().isDone() && (endpoint.ledger().requests() < requests || !sealed(run))) {
      Thread.onSpinWait();
    }
    run.pause();
    run.end();
  }

  private static boolean sealed(TestRun run) {
    CompletableFuture<JobStatus> status =
        AskPattern.<Job.Command, JobStatus>ask(
                run.job(), Job.Watch::new, Duration.ofSeconds(60), run.system().scheduler())
            .toCompletableFuture();
    CompletableFuture.anyOf(status, run.outcome()).join();
    return status.isDone() && status.join().progress().sealed();
  }

  private static void fold(JobState state, JournalCursor cursor, long lastSeq)
      throws JournalException {
    try (cursor) {
      state.fold(cursor, lastSeq);
    }
  }

  /// What the facts of a journal are folded by.
  private record Folding(Judge judge, Bindings bindings) {
    static Folding of(Journal journal) throws Exception {
      try (JournalCursor cursor = journal.cursor()) {
        JobHeader header = JobHeader.read(cursor);
        JobSpec spec = JobSpecJson.read(header.job().orElseThrow().specJson());
        Bindings bindings = Bindings.of(spec, header.endpoints(), header.encoder());
        return new Folding(new Judge(spec.recipe(), bindings), bindings);
      }
    }
  }

  private static Position moved(Bookmark from, int incarnations, long index) {
    return new Position(
        from.position().incarnation() + incarnations, from.position().index() + index);
  }

  /// Flips a bit of the text of record 30's seed.
  private void flipASeed() throws Exception {
    byte[] text = "a green kite number 30 ".getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.list(folder.resolve("job/journal/0001"));
        RandomAccessFile file =
            new RandomAccessFile(
                files
                    .filter(it -> it.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow()
                    .toFile(),
                "rw")) {
      byte[] start = new byte[1 << 20];
      file.readFully(start, 0, (int) Math.min(start.length, file.length()));
      int at = 0;
      while (!Arrays.equals(start, at, at + text.length, text, 0, text.length)) {
        at++;
      }
      file.seek(at);
      file.write(start[at] ^ 1);
    }
  }

  private Journal open() throws JournalException {
    return Journal.open(folder.resolve("job/journal"), JournalSettings.DEFAULT, "test");
  }

  private byte[] bytes(JobState state, String name) throws Exception {
    Path kept = folder.resolve(name);
    Files.createDirectories(kept);
    new SnapshotFile(kept).write(state.snapshot(BASIS));
    return Files.readAllBytes(kept.resolve("snapshot"));
  }
}
