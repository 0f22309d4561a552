package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.failpoint.Failpoint;
import dev.alicorn.engine.failpoint.FailpointAgent;
import dev.alicorn.engine.replay.FileHashes;
import dev.alicorn.engine.replay.SyntheticJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An interrupt and a kill -9 of `./alicorn replay`, whatever it does at that time: an interrupt
/// leaves nothing, what a kill leaves goes with the next replay, and that gives the same files.
class ReplaySignalFaultIT {
  private static final int RECORDS = 1_000;
  private static final int SAMPLES = RECORDS / 5;
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;
  private static final int KILLED = 137;
  private static final String SENTENCE = "interrupted: the unfinished dataset is removed";

  @TempDir private static Path folder = Path.of("");
  private static Path agent = Path.of("");
  private static FileHashes undisturbed = FileHashes.NONE;

  @BeforeAll
  static void replayUndisturbed() throws Exception {
    agent = FailpointAgent.makeJar(folder);
    SyntheticJournal.write(folder.resolve("journal"), RECORDS, 8);
    AlicornProcess.Ended end = replay("undisturbed/dataset");
    assertThat(end.output())
        .as("it tells how far it is")
        .contains(
            "reading, MB ",
            "judging, records " + RECORDS + "/" + RECORDS,
            "writing, rows " + (RECORDS + SAMPLES) + "/" + (RECORDS + SAMPLES));
    undisturbed = FileHashes.of(folder.resolve("undisturbed/dataset"));
    assertThat(undisturbed.byPath()).isNotEmpty();
  }

  private record Interrupt(Failpoint failpoint, int hit, String signal, int exitCode) {}

  @Test
  void anInterruptLeavesNothing() throws Exception {
    for (Interrupt interrupt :
        List.of(
            new Interrupt(Failpoint.DURING_SCATTER, 700, "INT", INTERRUPTED),
            new Interrupt(Failpoint.DURING_SURVEY, 1, "TERM", TERMINATED),
            new Interrupt(Failpoint.DURING_WRITING, 1, "INT", INTERRUPTED),
            new Interrupt(Failpoint.BEFORE_MANIFEST, 1, "TERM", TERMINATED))) {
      AlicornProcess.Ended end = interrupted(interrupt, "interrupted");

      assertThat(end.exitCode()).as(end.output()).isEqualTo(interrupt.exitCode());
      assertThat(end.output()).containsOnlyOnce(SENTENCE).doesNotContain("\tat ", "alicorn: ");
      assertThat(names("interrupted")).as("%s: %s", interrupt, end.output()).isEmpty();
    }
    requireTheSameAgain("interrupted");
  }

  @Test
  void anInterruptThatComesTooLateLeavesTheDataset() throws Exception {
    AlicornProcess.Ended end =
        interrupted(
            new Interrupt(Failpoint.AFTER_DATASET_RENAME, 1, "TERM", TERMINATED), "complete");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(TERMINATED);
    assertThat(end.output()).contains(RECORDS + " captions");
    assertThat(names("complete")).containsExactly("dataset");
    assertThat(FileHashes.of(folder.resolve("complete/dataset"))).isEqualTo(undisturbed);
  }

  @Test
  void whatAKillLeavesGoesWithTheNextReplay() throws Exception {
    List<String> left = List.of();
    for (Failpoint failpoint :
        List.of(
            Failpoint.DURING_SCATTER, Failpoint.DURING_WRITING, Failpoint.BEFORE_DATASET_RENAME)) {
      try (AlicornProcess process = start(FailpointAgent.killedAt(agent, failpoint, 1), "killed")) {
        AlicornProcess.Ended end = process.end();
        assertThat(end.exitCode()).as(end.output()).isEqualTo(KILLED);
      }
      assertThat(names("killed"))
          .as("left at %s, and nothing of earlier ones", failpoint)
          .isNotEmpty()
          .allMatch(name -> name.startsWith(".dataset."))
          .noneMatch(left::contains);
      left = names("killed");
    }
    requireTheSameAgain("killed");
  }

  /// A SIGTERM is sent twice, as by somebody who is impatient.
  private static AlicornProcess.Ended interrupted(Interrupt interrupt, String parent)
      throws Exception {
    String option = FailpointAgent.holdingAt(agent, interrupt.failpoint(), interrupt.hit());
    try (AlicornProcess process = start(option, parent)) {
      CaptionJob.await(process, () -> process.output().contains("held " + interrupt.failpoint()));
      assertThat(names(parent)).as("what is half made").isNotEmpty();
      process.signal(interrupt.signal());
      if (interrupt.exitCode() == TERMINATED) {
        process.terminate();
      }
      return process.end();
    }
  }

  private static AlicornProcess start(String option, String parent) throws IOException {
    return AlicornProcess.startInterruptibly(
        option, folder, "replay", "journal", "--out", parent + "/dataset");
  }

  private static AlicornProcess.Ended replay(String target) throws Exception {
    AlicornProcess.Ended end = AlicornProcess.run(folder, "replay", "journal", "--out", target);
    assertThat(end.exitCode()).as(end.output()).isZero();
    return end;
  }

  private static void requireTheSameAgain(String parent) throws Exception {
    replay(parent + "/dataset");
    assertThat(names(parent)).containsExactly("dataset");
    assertThat(FileHashes.of(folder.resolve(parent + "/dataset"))).isEqualTo(undisturbed);
  }

  private static List<String> names(String parent) throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve(parent))) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
