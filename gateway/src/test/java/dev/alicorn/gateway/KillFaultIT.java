package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.replay.FileHashes;
import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One job, killed with -9 ten times and started again each time: no paid reply is lost or asked
/// for again, and the dataset is the one that an undisturbed run makes (P2, P3, P5).
class KillFaultIT {
  private static final int KILLS = 10;
  private static final int SEEDS = 200;
  private static final int SAMPLES = 30;
  private static final int IN_FLIGHT_MAX = 8;
  private static final int BARRIER_RECORDS = 64;

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobThatIsKilledAgainAndAgainPaysForNothingTwice() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(60), 0.5).start()) {
      writeJob(endpoint);
      List<Killed> kills = new ArrayList<>();
      for (int kill = 0; kill < KILLS; kill++) {
        kills.add(runAndKill(endpoint, kill, random));
      }
      AlicornProcess.Ended end =
          AlicornProcess.run(
              folder, "run", "job.conf", "--data", "killed", "--out", "killed-dataset");
      assertThat(end.exitCode()).as("seed %d: %s", seed, end.output()).isZero();

      Map<String, CallLedger.Call> ledger = endpoint.ledger().calls();
      for (Killed kill : kills) {
        long askedAgain =
            kill.requests().entrySet().stream()
                .filter(before -> requests(ledger, before.getKey()) > before.getValue())
                .count();
        assertThat(askedAgain)
            .as(
                "seed %d: after a kill, exactly the calls without a journaled reply are made again",
                seed)
            .isEqualTo(kill.requests().size() - replied("killed", kill.incarnation()).size())
            .isLessThanOrEqualTo(IN_FLIGHT_MAX + BARRIER_RECORDS);
      }
      assertThat(replied("killed", Integer.MAX_VALUE))
          .as("seed %d: each reply is journaled once", seed)
          .hasSize(ledger.size())
          .doesNotHaveDuplicates();
      assertThat(ledger.values().stream().mapToLong(call -> call.requests() - 1).sum())
          .as("seed %d: repeats over all kills", seed)
          .isLessThanOrEqualTo((long) KILLS * (IN_FLIGHT_MAX + BARRIER_RECORDS));
    }
    FileHashes made = hashes("killed-dataset");
    assertThat(made.byPath()).as("seed %d", seed).isNotEmpty();
    assertThat(made).as("seed %d", seed).isEqualTo(undisturbed());
  }

  private static int requests(Map<String, CallLedger.Call> ledger, String key) {
    CallLedger.Call call = ledger.get(key);
    return call == null ? 0 : call.requests();
  }

  /// What stood at a kill.
  ///
  /// @param requests how often each call had been requested
  /// @param incarnation the journal's newest incarnation, 0 where there was none
  private record Killed(Map<String, Integer> requests, int incarnation) {}

  private Killed runAndKill(ScriptedEndpoint endpoint, int kill, SplittableRandom random)
      throws Exception {
    try (AlicornProcess process =
        AlicornProcess.start(
            folder, "run", "job.conf", "--data", "killed", "--out", "killed-dataset")) {
      if (kill % 4 != 3) {
        // Somewhere in the work: each kill gets its share of the calls.
        long target = (long) (kill + 1) * (SEEDS + SAMPLES) / (KILLS + 2);
        while (endpoint.ledger().calls().size() < target && process.isAlive()) {
          process.endsWithin(5, TimeUnit.MILLISECONDS);
        }
      }
      process.endsWithin(random.nextInt(kill % 4 == 3 ? 1_500 : 100), TimeUnit.MILLISECONDS);
      assertThat(process.isAlive())
          .as("it has ended before kill %d: %s", kill, process.output())
          .isTrue();
      process.kill();
    }
    endpoint.awaitDeserted();
    Map<String, Integer> requests = new TreeMap<>();
    endpoint.ledger().calls().forEach((key, call) -> requests.put(key, call.requests()));
    return new Killed(requests, newestIncarnation());
  }

  private FileHashes undisturbed() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      writeJob(endpoint);
      AlicornProcess.Ended end =
          AlicornProcess.run(
              folder, "run", "job.conf", "--data", "undisturbed", "--out", "undisturbed-dataset");
      assertThat(end.exitCode()).as(end.output()).isZero();
    }
    return hashes("undisturbed-dataset");
  }

  private void writeJob(ScriptedEndpoint endpoint) throws IOException {
    Files.write(
        folder.resolve("seeds.txt"),
        Stream.iterate(1, i -> i + 1)
            .limit(SEEDS)
            .map(i -> "a red bicycle number " + i + " leaning on a wall")
            .toList());
    Files.writeString(
        folder.resolve("job.conf"),
        """
        name = killed
        seeds = [ { file = seeds.txt } ]
        caption { endpoint = scripted }
        instruct { endpoint = scripted, tasks { multiple_choice = %d, question_answering = %d, complex_reasoning = %d } }
        """
            .formatted(SAMPLES / 3, SAMPLES / 3, SAMPLES / 3));
    Files.writeString(
        folder.resolve("alicorn.conf"),
        """
        endpoints { scripted { kind = openai, url = "%s", model = scripted, max_in_flight = %d } }
        journal { barrier_records = %d, reserve = 64MiB }
        """
            .formatted(endpoint.url(), IN_FLIGHT_MAX, BARRIER_RECORDS));
  }

  private int newestIncarnation() throws IOException {
    Optional<Path> journal = journal("killed");
    if (journal.isEmpty()) {
      return 0;
    }
    try (Stream<Path> incarnations = Files.list(journal.get())) {
      return incarnations
          .filter(Files::isDirectory)
          .mapToInt(path -> Integer.parseInt(path.getFileName().toString()))
          .max()
          .orElse(0);
    }
  }

  /// The keys of the replies that were journaled up to an incarnation.
  private List<CallKey> replied(String data, int incarnation) throws Exception {
    List<CallKey> keys = new ArrayList<>();
    Set<EventType> replies = Set.of(EventType.LLM_REPLIED);
    try (JournalCursor cursor = JournalReader.open(journal(data).orElseThrow())) {
      for (JournalEntry entry = cursor.next(replies); entry != null; entry = cursor.next(replies)) {
        if (entry.position().incarnation() <= incarnation) {
          keys.add(((LlmReplied) entry.event()).key());
        }
      }
    }
    return keys;
  }

  /// The journal's folder of the only job.
  private Optional<Path> journal(String data) throws IOException {
    Path jobs = folder.resolve(data).resolve("jobs");
    if (Files.notExists(jobs)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(jobs)) {
      return folders.map(job -> job.resolve("journal")).filter(Files::isDirectory).findFirst();
    }
  }

  private FileHashes hashes(String dataset) throws IOException {
    return FileHashes.of(folder.resolve(dataset)).forTrainers();
  }
}
