package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.llm.EndpointDraft;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.llm.Team;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import dev.alicorn.protocol.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jobs whose calls are served by a pool of three endpoints over sockets.
class PoolJobIT {
  private static final int ROWS = 400;
  private static final int IN_FLIGHT_MAX = 4;
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir private Path folder = Path.of("");

  private final ActorTestKit actors = ActorTestKit.create();

  @AfterEach
  void stopActors() {
    Http.get(actors.system()).shutdownAllConnectionPools().toCompletableFuture().join();
    actors.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "503", "cut", "closed"})
  void oneDeadEndpointOfThreeLosesNoRow(String death) throws Exception {
    try (ScriptedEndpoint a = ScriptedEndpoint.scripted().start();
        ScriptedEndpoint b = ScriptedEndpoint.scripted().start();
        ScriptedEndpoint dead = ScriptedEndpoint.scripted().start()) {
      boolean closed = death.equals("closed");
      dead.suffers(closed ? FaultPlan.NONE : FaultPlan.always(Fault.named(death)));
      JobEnd.Completed end =
          (JobEnd.Completed) run(List.of(a.url(), b.url(), closed ? closed() : dead.url()));

      assertThat(end.progress().captionsAccepted()).isEqualTo(ROWS);
      long completions = a.ledger().completions() + b.ledger().completions();
      assertThat(completions).as("nothing is paid for twice").isEqualTo(ROWS);
      assertThat(end.bill().usage().outputTokens())
          .isEqualTo(a.ledger().completionTokens() + b.ledger().completionTokens());
      assertThat(end.bill().price().total())
          .as("each at the price of who served it")
          .isEqualByComparingTo(money(a, 1).add(money(b, 2)));
      assertThat(dead.ledger().requests())
          .as("each failure is one retry elsewhere, within the budgets there")
          .isLessThanOrEqualTo(retriesMax(a) + retriesMax(b));
      // 20 failures open the breaker; each of its probes may then meet one more.
      assertThat(dead.ledger().requests()).isLessThanOrEqualTo(20 + 2 * IN_FLIGHT_MAX + 10);

      ReplayResult again =
          Replay.of(folder.resolve("job/journal"), "test").into(folder.resolve("again"));
      assertThat(again.manifest()).isEqualTo(end.dataset().manifest());
    }
  }

  @Test
  void theRunPausesWhenAllAreOut() throws Exception {
    FaultPlan refused = FaultPlan.always(Fault.status(401));
    try (ScriptedEndpoint a = ScriptedEndpoint.scripted().suffering(refused).start();
        ScriptedEndpoint b = ScriptedEndpoint.scripted().suffering(refused).start();
        ScriptedEndpoint c = ScriptedEndpoint.scripted().suffering(refused).start()) {
      JobEnd.Paused end = (JobEnd.Paused) run(List.of(a.url(), b.url(), c.url()));

      assertThat(end.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(end.detail()).contains("pool team", "endpoints.a", "endpoints.b", "endpoints.c");
      assertThat(end.progress().captionsLost()).isZero();
    }
  }

  private static URI closed() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
    }
  }

  private static long retriesMax(ScriptedEndpoint server) {
    return Math.max(10, server.ledger().requests() / 10);
  }

  private static BigDecimal money(ScriptedEndpoint server, int price) {
    CallLedger ledger = server.ledger();
    return price(price)
        .inputPerMillion()
        .multiply(BigDecimal.valueOf(ledger.promptTokens() + ledger.completionTokens()))
        .movePointLeft(6);
  }

  private static Price price(int perMillion) {
    BigDecimal amount = BigDecimal.valueOf(perMillion);
    return new Price(amount, amount, amount, "USD");
  }

  private JobEnd run(List<URI> servers) throws Exception {
    Files.write(
        folder.resolve("seeds.txt"),
        IntStream.range(0, ROWS).mapToObj(i -> "a blue boat number " + i).toList());
    JobSpec spec =
        JobFile.parse(
            "seeds = [ { file = seeds.txt } ], caption { endpoint = team }, instruct { tasks {} }",
            "job.conf");
    List<EndpointSettings> settings =
        IntStream.range(0, servers.size())
            .mapToObj(i -> settings(NAMES.get(i), servers.get(i)))
            .toList();
    ActorRef<EndpointPool.Command> pool =
        actors.spawn(EndpointPool.of(settings, System::nanoTime, 1));
    Map<String, JobSetup.ServedEndpoint> served = new LinkedHashMap<>();
    for (EndpointSettings endpoint : settings) {
      EndpointBound bound = EndpointDraft.bound(endpoint, price(served.size() + 1));
      served.put(
          endpoint.name(),
          new JobSetup.ServedEndpoint(
              pool, LlmProviders.client(endpoint, actors.system()), bound, IN_FLIGHT_MAX));
    }
    JobSetup setup =
        new JobSetup(
            new JobId("job"),
            spec,
            folder,
            folder.resolve("job"),
            folder.resolve("dataset"),
            JournalSettings.DEFAULT,
            served,
            Map.of("team", new JobSetup.Serving(new Team("team", NAMES), "scripted")),
            Optional.of(new HashingEncoder(8, "")),
            DiskReserve.of(0),
            JobSetup.FACTS_PER_SNAPSHOT,
            "test");
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    actors.spawn(Job.open(setup, end));
    return end.get(120, TimeUnit.SECONDS);
  }

  private static EndpointSettings settings(String name, URI server) {
    return EndpointDraft.at(() -> server)
        .named(name)
        .inFlight(IN_FLIGHT_MAX)
        .givingUpAfter(Duration.ofSeconds(20))
        .settings();
  }
}
