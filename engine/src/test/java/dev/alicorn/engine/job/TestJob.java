package dev.alicorn.engine.job;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.llm.Admission;
import dev.alicorn.engine.llm.CallFlow;
import dev.alicorn.engine.llm.Endpoint;
import dev.alicorn.engine.llm.EndpointDraft;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmClient;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.llm.Team;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Price;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/// A job of a few captions at one scripted endpoint, on the real way from its seeds to its dataset,
/// while it is being written; `start` and `run` make a run of it. Captions may be short.
///
/// What is run again in the same folder goes on where its journal ends, with a pool that knows
/// nothing of the one before.
final class TestJob {
  static final int BODY_BYTES_MAX = 1 << 20;
  static final String KEY = "sk-canary/7f3a+91c2==";
  private static final Price PRICE =
      new Price(new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40"), "USD");

  private final ActorTestKit actors;
  private final Path folder;
  private final List<ScriptedEndpoint> endpoints = new ArrayList<>();
  private int seeds = 6;
  private int inFlightMax = 4;
  private Duration callDeadline = Duration.ofSeconds(20);
  private Duration giveUpAfter = Duration.ofMinutes(10);
  private String steps = "instruct { endpoint = scripted, tasks {} }\nembed { encoder = none }";
  private String more = "";
  private Optional<EncoderClient> encoder = Optional.empty();
  private DiskReserve disk = DiskReserve.of(0);
  private int factsPerSnapshot = JobSetup.FACTS_PER_SNAPSHOT;
  private @Nullable VirtualTime time;

  TestJob(ActorTestKit actors, Path folder, ScriptedEndpoint endpoint) {
    this.actors = actors;
    this.folder = folder;
    endpoints.add(endpoint);
  }

  TestJob ofSeeds(int count) {
    seeds = count;
    return this;
  }

  TestJob inFlight(int max) {
    inFlightMax = max;
    return this;
  }

  TestJob callDeadline(Duration deadline) {
    callDeadline = deadline;
    return this;
  }

  TestJob givingUpAfter(Duration failing) {
    giveUpAfter = failing;
    return this;
  }

  /// The other steps, as the job file has them; none by default.
  TestJob withSteps(String conf) {
    steps = conf;
    return this;
  }

  TestJob embedding(EncoderClient client) {
    encoder = Optional.of(client);
    return this;
  }

  /// On a disk whose free space the test decides.
  TestJob withDisk(DiskReserve reserve) {
    disk = reserve;
    return this;
  }

  TestJob withSnapshotEvery(int facts) {
    factsPerSnapshot = facts;
    return this;
  }

  /// Further keys of the job file.
  TestJob with(String conf) {
    more = conf;
    return this;
  }

  /// The pool's limits, waits and budgets go by this clock.
  TestJob on(VirtualTime clock) {
    time = clock;
    return this;
  }

  /// Another endpoint has taken the place of the one before.
  TestJob movedTo(ScriptedEndpoint endpoint) {
    endpoints.add(endpoint);
    return this;
  }

  Path journal() {
    return folder.resolve("job/journal");
  }

  /// Runs to the end of this run; all accounts are checked there.
  JobEnd run() throws Exception {
    return start().end();
  }

  JobEnd.Completed completed() throws Exception {
    return (JobEnd.Completed) run();
  }

  JobEnd.Paused paused() throws Exception {
    return (JobEnd.Paused) run();
  }

  TestRun start() throws Exception {
    EndpointSettings settings = settings();
    LlmClient client = LlmProviders.client(settings, actors.system());
    VirtualTime clock = time;
    ActorRef<EndpointPool.Command> pool =
        clock == null
            ? actors.spawn(EndpointPool.of(List.of(settings), System::nanoTime, 1))
            : clock.spawn(EndpointPool.of(List.of(settings), clock::nanos, 1));
    JobSetup setup =
        new JobSetup(
            new JobId("faulty"),
            spec(),
            folder,
            folder.resolve("job"),
            folder.resolve("dataset"),
            JournalSettings.DEFAULT,
            Map.of(
                "scripted",
                new JobSetup.ServedEndpoint(
                    pool, client, EndpointDraft.bound(settings, PRICE), inFlightMax)),
            Map.of(),
            encoder,
            disk,
            factsPerSnapshot,
            "test");
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    Behavior<Job.Command> behavior = Job.open(setup, end);
    return new TestRun(
        actors.spawn(behavior),
        new Endpoint(
            pool,
            new CallFlow("looks", 1, "looks", Team.of("scripted")),
            Map.of(),
            Admission.ALWAYS,
            actors.system().executionContext()),
        end,
        new Accounts(folder, seeds, List.copyOf(endpoints)),
        inFlightMax,
        Optional.ofNullable(clock),
        actors.system());
  }

  private EndpointSettings settings() {
    return EndpointDraft.at(endpoints.getLast()::url)
        .withKey(KEY)
        .inFlight(inFlightMax)
        .withDeadline(callDeadline)
        .givingUpAfter(giveUpAfter)
        .settings();
  }

  private JobSpec spec() throws Exception {
    Files.write(
        folder.resolve("seeds.txt"),
        Stream.iterate(1, i -> i + 1)
            .limit(seeds)
            .map(i -> "a green kite number " + i + " over a beach")
            .toList());
    return JobFile.parse(
        "name = faulty\nseeds = [ { file = seeds.txt } ]\ncaption { endpoint = scripted }\n"
            + "filters { short_caption { action = off } }\n"
            + steps
            + "\n"
            + more,
        "job.conf");
  }
}
