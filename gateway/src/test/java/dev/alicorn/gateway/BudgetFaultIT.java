package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.ledger.Ledger;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.JobResumed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A capped job that is killed with -9, paused at its cap and run on with a higher one: its ledger
/// is the endpoint's, to the token, but for the calls that were in flight at a kill (P3, P4, P10).
class BudgetFaultIT {
  private static final int KILLS = 3;
  private static final int SEEDS = 120;
  private static final int IN_FLIGHT_MAX = 8;
  private static final int BARRIER_RECORDS = 64;

  @TempDir private Path folder = Path.of("");

  @Test
  void theLedgerIsExactOverKillsAndCaps() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(40), 0.5).start()) {
      Files.write(
          folder.resolve("seeds.txt"),
          Stream.iterate(1, i -> i + 1)
              .limit(SEEDS)
              .map(i -> "a green kite number " + i + " above a field")
              .toList());
      Files.writeString(
          folder.resolve("alicorn.conf"),
          """
          endpoints { scripted {
            kind = openai, url = "%s", model = scripted, max_in_flight = %d
            price { input_per_million = 0.1, output_per_million = 0.4 }
          } }
          journal { barrier_records = %d, reserve = 64MiB }
          """
              .formatted(endpoint.url(), IN_FLIGHT_MAX, BARRIER_RECORDS));

      long lost = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        int cap = kill * SEEDS / (KILLS + 1);
        job("calls = " + cap);
        try (AlicornProcess process = AlicornProcess.start(folder, "run", "job.conf")) {
          while (endpoint.ledger().requests() < cap - SEEDS / (2 * (KILLS + 1))
              && process.isAlive()) {
            process.endsWithin(2, TimeUnit.MILLISECONDS);
          }
          process.endsWithin(random.nextInt(40), TimeUnit.MILLISECONDS);
          process.kill();
        }
        endpoint.awaitDeserted();
        AlicornProcess.Ended paused = AlicornProcess.run(folder, "run", "job.conf");
        assertThat(paused.exitCode()).as(paused.output()).isEqualTo(1);
        assertThat(paused.output())
            .contains("budget.calls: " + cap + " calls are made and the cap is " + cap, "total");
        assertThat(statement().calls()).as("seed %d", seed).isEqualTo(cap);
        lost = endpoint.ledger().requests() - cap;
        assertThat(lost)
            .as("seed %d: calls that were in flight at kills and made again", seed)
            .isBetween(0L, (long) kill * (IN_FLIGHT_MAX + BARRIER_RECORDS));
        assertLedgersAreEqual(endpoint, seed);
      }

      job("money = 1");
      AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");
      assertThat(end.exitCode()).as(end.output()).isZero();
      assertThat(statement().calls()).as("seed %d", seed).isEqualTo(SEEDS);
      assertThat(endpoint.ledger().requests()).as("seed %d", seed).isEqualTo(SEEDS + lost);
      assertLedgersAreEqual(endpoint, seed);
      assertThat(caps()).contains("OptionalLong[90]", "OptionalLong.empty");
    }
  }

  /// Each call was asked for once and no reply is counted twice; a call that was asked for again
  /// after a kill costs the endpoint's ledger twice and ours once.
  private void assertLedgersAreEqual(ScriptedEndpoint endpoint, long seed) throws Exception {
    Collection<CallLedger.Call> calls = endpoint.ledger().calls().values();
    Statement ours = statement();
    assertThat(ours.usage().inputTokens())
        .as("seed %d", seed)
        .isEqualTo(calls.stream().mapToLong(c -> c.promptTokens() / c.completions()).sum());
    assertThat(ours.usage().outputTokens())
        .as("seed %d", seed)
        .isEqualTo(calls.stream().mapToLong(c -> c.completionTokens() / c.completions()).sum());
  }

  private void job(String budget) throws IOException {
    Files.writeString(
        folder.resolve("job.conf"),
        """
        name = capped
        seeds = [ { file = seeds.txt } ]
        caption.endpoint = scripted
        instruct.tasks {}
        embed.encoder = none
        dataset.formats = [parquet]
        budget { %s }
        """
            .formatted(budget));
  }

  /// The ledger, folded from the journal alone.
  private Statement statement() throws Exception {
    JobHeader header;
    try (JournalCursor cursor = JournalReader.open(journal())) {
      header = JobHeader.read(cursor);
    }
    JobSpec spec = JobSpecJson.read(header.job().orElseThrow().specJson());
    Ledger ledger = new Ledger(Bindings.of(spec, header.endpoints(), header.encoder()));
    List<CallEvent> calls = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.open(journal())) {
      for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        if (entry.event() instanceof CallEvent call) {
          calls.add(call);
        }
      }
    }
    calls.forEach(ledger::add);
    return ledger.statement();
  }

  /// The caps on calls that the job was resumed with.
  private List<String> caps() throws Exception {
    List<String> caps = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.open(journal())) {
      for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        if (entry.event() instanceof JobResumed resumed) {
          caps.add(resumed.budget().calls().toString());
        }
      }
    }
    return caps;
  }

  private Path journal() throws IOException {
    try (Stream<Path> jobs = Files.list(folder.resolve("alicorn-data/jobs"))) {
      return jobs.findFirst().orElseThrow().resolve("journal");
    }
  }
}
