package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.JavaCommand;
import dev.alicorn.engine.dataset.HeldFolder;
import dev.alicorn.engine.replay.FileHashes;
import dev.alicorn.engine.replay.JournalCopy;
import dev.alicorn.engine.replay.JournalCopy.Packing;
import dev.alicorn.engine.replay.Surroundings;
import dev.alicorn.gateway.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// One journal, to be replayed by the command line again and again, each time from another copy, in
/// other surroundings and, where the machine allows it, without a network.
final class ReplayRun {
  /// Ways to leave the network out: root's, and that of users who may make namespaces.
  private static final List<List<String>> OFFLINE =
      List.of(
          List.of("unshare", "--net"), List.of("unshare", "--user", "--map-root-user", "--net"));

  private static final List<Packing> PACKINGS = List.of(Packing.NONE, Packing.SOME, Packing.ALL);
  private static final List<String> ENCODINGS = List.of("C", "POSIX", "C.UTF-8");

  private final Path folder;
  private final JournalCopy journal;
  private final FileHashes ofJob;
  private final List<String> offline;
  private final Random random;
  private int times;

  private ReplayRun(
      Path folder, JournalCopy journal, FileHashes ofJob, List<String> offline, Random random) {
    this.folder = folder;
    this.journal = journal;
    this.ofJob = ofJob;
    this.offline = offline;
    this.random = random;
  }

  /// @param folder takes copies and datasets
  /// @param dataset the job's own
  static ReplayRun prepare(Path folder, Path journal, Path dataset, Random random)
      throws Exception {
    List<String> offline = List.of();
    for (List<String> way : OFFLINE) {
      if (offline.isEmpty() && succeeds(way)) {
        offline = way;
      }
    }
    return new ReplayRun(
        folder,
        JournalCopy.of(journal, folder.resolve("packed")),
        FileHashes.of(dataset).forTrainers(),
        offline,
        random);
  }

  private static boolean succeeds(List<String> prefix) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"", "sh"));
    command.addAll(prefix);
    command.add("true");
    return ChildProcess.run(Map.of(), command).exitCode() == 0;
  }

  /// Replays it; packings take turns.
  ReplayOnce once() throws Exception {
    Packing packing = PACKINGS.get(times++ % PACKINGS.size());
    Surroundings surroundings = Surroundings.draw(random);
    Path once = Files.createDirectory(folder.resolve("replay-" + times));
    Path copy = journal.into(once.resolve("journal"), packing, random);
    Path dataset = once.resolve("dataset");
    List<String> command = new ArrayList<>(offline);
    command.addAll(
        JavaCommand.of(
            surroundings.javaOptions(),
            Main.class.getName(),
            List.of("replay", copy.toString(), "--out", dataset.toString())));
    Map<String, String> environment =
        Map.of("LC_ALL", ENCODINGS.get(random.nextInt(ENCODINGS.size())));
    ChildProcess.run(environment, command).orThrow();
    FileHashes made = FileHashes.of(dataset);
    HeldFolder.remove(copy);
    return new ReplayOnce(
        packing, surroundings, !offline.isEmpty(), made.whole(), made.forTrainers().equals(ofJob));
  }
}
