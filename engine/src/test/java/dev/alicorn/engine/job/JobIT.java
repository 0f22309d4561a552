package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.dataset.Ladder;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.engine.llm.EndpointDraft;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs from seeds to datasets, against an endpoint over sockets.
class JobIT {
  private static final Price PRICE =
      new Price(new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40"), "USD");

  @TempDir private Path folder = Path.of("");

  private final ActorTestKit actors = ActorTestKit.create();

  @AfterEach
  void stopActors() {
    actors.shutdownTestKit();
  }

  @Test
  void makesWhatWasAskedForAndReplaysItByteForByte() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      JobEnd.Completed end =
          (JobEnd.Completed) run(endpoint, spec(200, 5, ""), "first", new HashingEncoder(16, ""));

      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", 200L));
      assertThat(end.dataset().samples()).isEqualTo(Map.of("exported", 15L));
      assertThat(end.bill().calls()).isEqualTo(215).isEqualTo(endpoint.ledger().requests());
      assertThat(end.bill().usage().inputTokens()).isEqualTo(endpoint.ledger().promptTokens());
      assertThat(end.bill().usage().outputTokens()).isEqualTo(endpoint.ledger().completionTokens());

      ReplayResult again =
          Replay.of(folder.resolve("first/journal"), "test").into(folder.resolve("again"));
      assertThat(again.manifest()).isEqualTo(end.dataset().manifest());
      assertThat(endpoint.ledger().requests()).isEqualTo(215);
    }
  }

  @Test
  void takesTheDatasetThatAKilledRunHadFinished() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      JobSpec spec = spec(30, 1, "");
      JobEnd.Completed end =
          (JobEnd.Completed) run(endpoint, spec, "finished", new HashingEncoder(16, ""));

      JobEnd.Completed again =
          (JobEnd.Completed) run(endpoint, spec, "finished", new HashingEncoder(16, ""));
      assertThat(again.dataset()).isEqualTo(end.dataset());

      Files.writeString(folder.resolve("finished-dataset/manifest.json"), "{}");
      assertThatThrownBy(() -> run(endpoint, spec, "finished", new HashingEncoder(16, "")))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("move it away");
      assertThat(endpoint.ledger().requests()).isEqualTo(33);
    }
  }

  @Test
  void topsUpWhatWasRejectedFromFurtherCaptions() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.mix("pairs=0.4", 11)).start()) {
      JobEnd.Completed end =
          (JobEnd.Completed) run(endpoint, spec(200, 10, ""), "topped", new HashingEncoder(16, ""));

      assertThat(end.dataset().samples()).containsEntry("exported", 30L);
      assertThat(end.shortfalls()).isEmpty();
      assertThat(end.progress().samplesLost())
          .as("losses: %s", end.progress().losses())
          .isPositive();
    }
  }

  /// Repairs are computed, not stored: what a strict reading quarantined is in a later dataset.
  @Test
  void aBetterRepairRescuesOldReplies() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.always(Fault.named("fence"))).start()) {
      JobEnd.Completed strict =
          (JobEnd.Completed)
              run(
                  endpoint,
                  spec(12, 2, "instruct.repair = none"),
                  "strict",
                  new HashingEncoder(16, ""));
      assertThat(strict.dataset().samples()).isEqualTo(Map.of("rejected(not_as_asked)", 12L));
      assertThat(strict.dataset().ladder()).isEqualTo(new Ladder(0, 0, 0, 12));
      assertThat(endpoint.ledger().requests())
          .as("12 captions, 12 first asks, 12 re-asks")
          .isEqualTo(36);

      Replay replay = Replay.of(folder.resolve("strict/journal"), "test");
      ReplayResult rescued = replay.by(spec(12, 2, "").recipe()).into(folder.resolve("rescued"));
      assertThat(rescued.samples()).isEqualTo(Map.of("exported", 6L, "rejected(surplus)", 6L));
      assertThat(rescued.ladder()).isEqualTo(new Ladder(0, 6, 0, 0));
      assertThat(endpoint.ledger().requests()).isEqualTo(36);
      assertThat(Files.readString(folder.resolve("rescued/manifest.json")))
          .contains("\"repaired\" : 6");
    }
  }

  @Test
  void saysWhatItCouldNotReach() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      JobEnd.Completed end =
          (JobEnd.Completed) run(endpoint, spec(6, 5, ""), "short", new HashingEncoder(16, ""));

      assertThat(end.dataset().samples()).isEqualTo(Map.of("exported", 6L));
      assertThat(end.shortfalls().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(9);
    }
  }

  @Test
  void anEmbeddingThatFailsCostsItsCaptionAndItsSample() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      JobEnd.Completed end =
          (JobEnd.Completed)
              run(endpoint, spec(120, 4, ""), "unembedded", new HashingEncoder(16, "wooden"));

      long lost = end.progress().embeddingsLost();
      assertThat(lost).isPositive();
      assertThat(end.dataset().captions())
          .isEqualTo(Map.of("exported", 120 - lost, "rejected(embedding_failed)", lost));
      assertThat(end.dataset().samples()).containsEntry("exported", 12L);
    }
  }

  @Test
  void makesExactlyTheCallsOfItsBudgetAndGoesOnWithAHigherOne() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      for (int cap : new int[] {10, 30, 31}) {
        JobEnd.Paused paused =
            (JobEnd.Paused)
                run(
                    endpoint,
                    spec(100, 2, "budget { calls = " + cap + " }"),
                    "capped",
                    new HashingEncoder(16, ""));
        assertThat(paused.reason()).isEqualTo(PauseReason.BUDGET);
        assertThat(paused.detail())
            .contains("budget.calls: " + cap + " calls are made and the cap is " + cap);
        assertThat(endpoint.ledger().requests()).isEqualTo(cap);
        assertLedgersAreEqual(paused, endpoint);
      }

      JobEnd.Completed end =
          (JobEnd.Completed) run(endpoint, spec(100, 2, ""), "capped", new HashingEncoder(16, ""));
      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", 100L));
      assertThat(endpoint.ledger().requests()).as("nothing is paid for twice").isEqualTo(106);
      assertLedgersAreEqual(end, endpoint);
    }
  }

  @Test
  void neverPassesACapOnTokens() throws Exception {
    JobEnd.Paused paused = pausedAndGoneOn("tokens = 12k");
    assertThat(paused.detail()).startsWith("budget.tokens");
    assertThat(paused.bill().usage().total()).isBetween(11_000L, 12_000L);
  }

  @Test
  void neverPassesACapOnMoney() throws Exception {
    JobEnd.Paused paused = pausedAndGoneOn("money = 0.004");
    assertThat(paused.detail()).startsWith("budget.money");
    assertThat(paused.bill().price().total())
        .isBetween(new BigDecimal("0.0036"), new BigDecimal("0.004"));
  }

  /// A job that pauses at a budget, and then goes on without one to its end.
  private JobEnd.Paused pausedAndGoneOn(String budget) throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      JobEnd.Paused paused =
          (JobEnd.Paused)
              run(
                  endpoint,
                  spec(100, 2, "budget { " + budget + " }"),
                  "short-of",
                  new HashingEncoder(16, ""));
      assertThat(paused.reason()).isEqualTo(PauseReason.BUDGET);
      assertLedgersAreEqual(paused, endpoint);

      JobEnd end = run(endpoint, spec(100, 2, ""), "short-of", new HashingEncoder(16, ""));
      assertThat(end).isInstanceOf(JobEnd.Completed.class);
      assertLedgersAreEqual(end, endpoint);
      return paused;
    }
  }

  @Test
  void whatCallsCostAboveTheirEstimateIsAllThatPassesACap() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      // The endpoint does not care for max_tokens, so that every call costs more than it may.
      JobEnd.Paused paused =
          (JobEnd.Paused)
              run(
                  endpoint,
                  spec(100, 2, "caption.max_tokens = 1, budget { tokens = 6k }"),
                  "above",
                  new HashingEncoder(16, ""));

      long dearest =
          endpoint.ledger().calls().values().stream()
              .mapToLong(call -> call.promptTokens() + call.completionTokens())
              .max()
              .orElseThrow();
      assertThat(paused.bill().usage().total())
          .isBetween(6_000L - dearest, 6_000L + IN_FLIGHT_MAX * dearest);
      assertLedgersAreEqual(paused, endpoint);
    }
  }

  @Test
  void aRunThatReusesAnotherMakesNoCallAndTheSameFiles() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.mix("pairs=0.3,500=0.05,empty=0.05", 7))
            .start()) {
      JobSpec spec = spec(60, 4, "");
      JobEnd.Completed first =
          (JobEnd.Completed) run(endpoint, spec, "paid", new HashingEncoder(16, ""));
      long requests = endpoint.ledger().requests();

      JobEnd.Completed second =
          (JobEnd.Completed)
              run(
                  endpoint,
                  spec.reusing(List.of(new JobId("paid"))),
                  "free",
                  new HashingEncoder(16, ""));

      assertThat(first.bill().total().reasked()).as("second asks are reused too").isPositive();
      assertThat(endpoint.ledger().requests()).isEqualTo(requests);
      assertThat(second.bill().calls()).isZero();
      assertThat(second.bill().price().isZero()).isTrue();
      assertThat(second.bill().total().reused().replies())
          .isEqualTo(first.bill().calls() - first.bill().total().vain());
      assertThat(files("free-dataset")).isNotEmpty().isEqualTo(files("paid-dataset"));

      ReplayResult again =
          Replay.of(folder.resolve("free/journal"), "test").into(folder.resolve("free-again"));
      assertThat(again.manifest())
          .as("a replay needs nothing of the other job")
          .isEqualTo(second.dataset().manifest());
    }
  }

  @Test
  void whatIsNotFoundInTheOtherJobIsCalledFor() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      run(endpoint, spec(30, 2, ""), "part", new HashingEncoder(16, ""));
      long requests = endpoint.ledger().requests();

      JobEnd.Completed whole =
          (JobEnd.Completed)
              run(
                  endpoint,
                  spec(50, 2, "").reusing(List.of(new JobId("part"))),
                  "whole",
                  new HashingEncoder(16, ""));

      assertThat(whole.bill().of(Stage.CAPTION).reused().replies()).isEqualTo(30);
      assertThat(whole.bill().of(Stage.CAPTION).calls()).isEqualTo(20);
      assertThat(whole.bill().calls()).isEqualTo(endpoint.ledger().requests() - requests);
    }
  }

  @Test
  void aJobToReuseThatIsNotThereIsNamed() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      JobSpec spec = spec(3, 0, "reuse = [nowhere]");
      assertThatThrownBy(() -> run(endpoint, spec, "lonely", new HashingEncoder(16, "")))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("nowhere");
      assertThat(folder.resolve("lonely")).doesNotExist();
    }
  }

  private static void assertLedgersAreEqual(JobEnd end, ScriptedEndpoint endpoint) {
    assertThat(end.bill().calls()).isEqualTo(endpoint.ledger().requests());
    assertThat(end.bill().usage().inputTokens()).isEqualTo(endpoint.ledger().promptTokens());
    assertThat(end.bill().usage().outputTokens()).isEqualTo(endpoint.ledger().completionTokens());
    assertThat(end.bill().price().total()).isEqualByComparingTo(PRICE.of(end.bill().usage()));
  }

  /// The hashes of the files that trainers read.
  private Map<String, ContentHash> files(String dataset) throws IOException {
    Map<String, ContentHash> hashes = new TreeMap<>();
    for (String part : List.of("data", "trainer")) {
      Path root = folder.resolve(dataset);
      try (Stream<Path> files = Files.walk(root.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          hashes.put(root.relativize(file).toString(), ContentHash.of(Files.readAllBytes(file)));
        }
      }
    }
    return hashes;
  }

  @Test
  void aWrongKeyPausesTheJobAndFailsNoRow() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().askingForKey("right").start()) {
      JobEnd.Paused paused =
          (JobEnd.Paused) run(endpoint, spec(50, 1, ""), "locked", new HashingEncoder(16, ""));

      assertThat(paused.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(paused.progress().captionsLost()).isZero();
    }
  }

  @Test
  void faultsOfAnEndpointAreRetriedAndTheLedgerStaysExact() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.mix("500=0.03,cut=0.02,empty=0.02", 5))
            .start()) {
      JobEnd.Completed end =
          (JobEnd.Completed) run(endpoint, spec(150, 3, ""), "stormy", new HashingEncoder(16, ""));

      assertThat(end.dataset().captions().get("exported")).isGreaterThan(145);
      assertThat(end.bill().calls()).isEqualTo(endpoint.ledger().requests());
      assertThat(end.bill().usage().outputTokens()).isEqualTo(endpoint.ledger().completionTokens());
    }
  }

  @Test
  void anotherModelUnderTheSameNameIsRefused() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      run(endpoint, spec(100, 1, "budget { calls = 5 }"), "bound", new HashingEncoder(16, ""));

      assertThatThrownBy(() -> run(endpoint, spec(100, 1, ""), "bound", new HashingEncoder(8, "")))
          .isInstanceOf(BindingException.class)
          .hasMessageContaining("encoder")
          .hasMessageContaining("--new");
    }
  }

  private static final int IN_FLIGHT_MAX = 8;

  private JobSpec spec(int seeds, int samplesOfEachTask, String more) throws Exception {
    Files.write(
        folder.resolve("seeds.txt"),
        Stream.iterate(1, i -> i + 1)
            .limit(seeds)
            .map(i -> "a blue boat number " + i + " on a lake")
            .toList());
    return JobFile.parse(
        """
        name = test
        seeds = [ { file = seeds.txt } ]
        caption { endpoint = scripted }
        instruct { endpoint = scripted, tasks { %s = %d, %s = %d, %s = %d } }
        %s
        """
            .formatted(
                Tasks.MULTIPLE_CHOICE.key(),
                samplesOfEachTask,
                Tasks.QUESTION_ANSWERING.key(),
                samplesOfEachTask,
                Tasks.COMPLEX_REASONING.key(),
                samplesOfEachTask,
                more),
        "job.conf");
  }

  private JobEnd run(ScriptedEndpoint endpoint, JobSpec spec, String name, HashingEncoder encoder)
      throws Exception {
    EndpointSettings settings =
        EndpointDraft.at(endpoint::url)
            .inFlight(IN_FLIGHT_MAX)
            .givingUpAfter(Duration.ofSeconds(20))
            .settings();
    ActorRef<EndpointPool.Command> pool =
        actors.spawn(EndpointPool.of(List.of(settings), System::nanoTime, 1));
    EndpointBound bound = EndpointDraft.bound(settings, PRICE);
    JobSetup setup =
        new JobSetup(
            new JobId(name),
            spec,
            folder,
            folder.resolve(name),
            folder.resolve(name + "-dataset"),
            JournalSettings.DEFAULT,
            Map.of(
                "scripted",
                new JobSetup.ServedEndpoint(
                    pool, LlmProviders.client(settings, actors.system()), bound, IN_FLIGHT_MAX)),
            Map.of(),
            Optional.of(encoder),
            DiskReserve.of(0),
            JobSetup.FACTS_PER_SNAPSHOT,
            "test");
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    actors.spawn(Job.open(setup, end));
    try {
      return end.get(120, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      actors.stop(pool);
    }
  }
}
