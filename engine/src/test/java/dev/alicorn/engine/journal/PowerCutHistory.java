package dev.alicorn.engine.journal;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// Openings of one journal one after the other, each ended by a power cut or a kill, and the check
/// of many more images of each.
public final class PowerCutHistory {
  static final Path JOURNAL = Path.of("job", "journal");

  private static final int GENERATIONS = 4;

  private final long seed;
  private final Path scratch;
  private final Random random;
  private PowerCutTally tally = PowerCutTally.NONE;

  private PowerCutHistory(long seed, Path scratch) {
    this.seed = seed;
    this.scratch = scratch.toAbsolutePath();
    // Random draws nearly the same from seeds that follow each other.
    this.random = new Random(new SplittableRandom(seed).nextLong());
  }

  /// Runs one history; the same seed gives the same one.
  ///
  /// @param scratch an empty folder, which is empty again at the end
  public static PowerCutTally run(long seed, Path scratch) throws Exception {
    PowerCutHistory history = new PowerCutHistory(seed, scratch);
    history.run();
    return history.tally;
  }

  private void run() throws Exception {
    Path live = Scratch.fresh(scratch.resolve("live-0"));
    SimulatedDisk disk = SimulatedDisk.settled(live);
    List<JournalEvent> facts = List.of();
    long owed = 0;
    for (int generation = 0; generation < GENERATIONS; generation++) {
      boolean lies = random.nextInt(4) == 0;
      RecordedOpening opening = new RecordedOpening(live, disk, random.nextLong(), owed, lies);
      String what = "seed " + seed + ", opening " + generation;
      List<JournalEvent> appended;
      try {
        appended = opening.run(facts);
      } catch (JournalException e) {
        tally = tally.plus(refused(what + ": " + e.getMessage()));
        break;
      }
      tally = tally.plus(opened());
      List<RecordedOpening.CutOff> honest = new ArrayList<>();
      int number = 0;
      for (RecordedOpening.CutOff cut : opening.cuts()) {
        check(cut, appended, what + ", image " + number++ + ", " + cut.cut());
        if (!cut.lied()) {
          honest.add(cut);
        }
      }
      Scratch.delete(live);
      live = Scratch.fresh(scratch.resolve("live-" + (generation + 1)));
      if (opening.killed() != null && random.nextBoolean()) {
        RecordedOpening.Killed killed = opening.killed();
        disk = killed.disk().movedTo(live);
        owed = killed.owed();
        tally = tally.plus(killed());
      } else if (!honest.isEmpty()) {
        RecordedOpening.CutOff cut = honest.get(random.nextInt(honest.size()));
        cut.image().write(live, false);
        disk = SimulatedDisk.settled(live);
        owed = cut.owed();
      } else {
        break;
      }
      facts = appended;
    }
    Scratch.delete(live);
  }

  private void check(RecordedOpening.CutOff cut, List<JournalEvent> appended, String what)
      throws IOException, JournalException {
    Path folder = Scratch.fresh(scratch.resolve("image"));
    cut.image().write(folder, random.nextInt(50) == 0);
    Path journal = folder.resolve(JOURNAL);
    ImageCheck check = new ImageCheck(what, journal, appended, cut.owed());
    if (cut.lied()) {
      tally = tally.plus(check.behindLie(Math.max(marked(journal), cut.image().durableSeq())));
    } else {
      tally = tally.plus(check.honest());
    }
    Scratch.delete(folder);
  }

  private static long marked(Path journal) {
    try {
      DurableMarker marker = DurableMarker.read(new JournalFolder(journal));
      return marker == null ? 0 : marker.seq();
    } catch (JournalException _) {
      // A damaged marker knows nothing.
      return 0;
    }
  }

  private static PowerCutTally opened() {
    return new PowerCutTally(0, 1, 0, 0, 0, 0, 0, 0, 0, PowerCutTally.Lies.NONE, List.of());
  }

  private static PowerCutTally refused(String violation) {
    return new PowerCutTally(
        0, 1, 0, 0, 0, 0, 1, 0, 0, PowerCutTally.Lies.NONE, List.of(violation));
  }

  private static PowerCutTally killed() {
    return new PowerCutTally(0, 0, 0, 0, 0, 0, 0, 0, 1, PowerCutTally.Lies.NONE, List.of());
  }

  /// A folder in memory where the machine has one: what is durable there is for the simulated disk
  /// to say, and the real one would only take time.
  public static Path scratch() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "alicorn-power-cuts-")
        : Files.createTempDirectory("alicorn-power-cuts-");
  }

  /// Histories one after the other, beginning with a seed, until there are enough images, or a
  /// broken promise.
  public static PowerCutTally images(long firstSeed, long images, Path scratch) throws Exception {
    PowerCutTally all = PowerCutTally.NONE;
    for (long seed = firstSeed;
        all.images() + all.lies().images() < images && all.violations().isEmpty();
        seed++) {
      all = all.plus(run(seed, scratch));
    }
    return all;
  }
}
