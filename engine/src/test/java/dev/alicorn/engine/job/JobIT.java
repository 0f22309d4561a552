package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.Task;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
      new Price(new BigDecimal("0.10"), new BigDecimal("0.40"), "USD");

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
  void pausesAtItsBudgetAndGoesOnWithAHigherOne() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      JobEnd.Paused paused =
          (JobEnd.Paused)
              run(
                  endpoint,
                  spec(100, 2, "budget { calls = 30 }"),
                  "capped",
                  new HashingEncoder(16, ""));
      assertThat(paused.reason()).isEqualTo(PauseReason.BUDGET);
      assertThat(paused.detail()).contains("budget.calls");
      assertThat(endpoint.ledger().requests()).isBetween(30L, 30L + IN_FLIGHT_MAX);

      JobEnd.Completed end =
          (JobEnd.Completed) run(endpoint, spec(100, 2, ""), "capped", new HashingEncoder(16, ""));
      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", 100L));
      assertThat(endpoint.ledger().requests()).as("nothing is paid for twice").isEqualTo(106);
      assertThat(end.bill().calls()).isEqualTo(106);
    }
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
                Task.MULTIPLE_CHOICE.key(),
                samplesOfEachTask,
                Task.QUESTION_ANSWERING.key(),
                samplesOfEachTask,
                Task.COMPLEX_REASONING.key(),
                samplesOfEachTask,
                more),
        "job.conf");
  }

  private JobEnd run(ScriptedEndpoint endpoint, JobSpec spec, String name, HashingEncoder encoder)
      throws Exception {
    EndpointSettings settings =
        new EndpointSettings(
            "scripted",
            endpoint::url,
            Optional.empty(),
            "scripted",
            WireFormat.OPENAI_CHAT,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            IN_FLIGHT_MAX,
            1,
            Duration.ofSeconds(20),
            1 << 20,
            true,
            Duration.ofSeconds(20));
    ActorRef<EndpointPool.Command> pool =
        actors.spawn(EndpointPool.of(List.of(settings), System::nanoTime, 1));
    EndpointBound bound =
        new EndpointBound("scripted", WireFormat.OPENAI_CHAT, "scripted", PRICE, true);
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
            0,
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
