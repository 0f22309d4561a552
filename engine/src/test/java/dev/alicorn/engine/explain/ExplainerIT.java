package dev.alicorn.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.DiskReserve;
import dev.alicorn.engine.job.HashingEncoder;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.judge.Rung;
import dev.alicorn.engine.llm.EndpointDraft;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Explanations of a job's records, held against what the endpoint says it was asked and what
/// replays make of the same journal.
class ExplainerIT {
  private static final int SEEDS = 120;
  private static final String JOURNAL = "told/journal";
  private static final String FAULTS = "500=0.03,cut=0.03,400=0.04,empty=0.03,pairs=0.3,fence=0.2";
  private static final Price PRICE =
      new Price(new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40"), "USD");

  @TempDir private static Path folder = Path.of("");

  private static final ActorTestKit ACTORS = ActorTestKit.create();
  private static final ScriptedEndpoint ENDPOINT =
      ScriptedEndpoint.scripted().suffering(FaultPlan.mix(FAULTS, 7)).start();

  private static List<Explanation> told = List.of();
  private static Map<String, Long> captions = Map.of();
  private static Map<String, Long> samples = Map.of();

  @BeforeAll
  static void runAndExplain() throws Exception {
    JobEnd.Completed end = run();
    captions = end.dataset().captions();
    samples = end.dataset().samples();
    told =
        explainAll(
            open(JOURNAL), LongStream.rangeClosed(1, SEEDS).mapToObj(RecordId::new).toList());
  }

  @AfterAll
  static void stop() {
    ENDPOINT.close();
    ACTORS.shutdownTestKit();
  }

  @Test
  void tellsWhatTheEndpointTellsOfEveryCall() {
    List<CallTold> calls = calls(told);

    assertThat(calls).allMatch(CallTold::keyMatches);
    Map<String, List<CallTold>> byKey =
        calls.stream().collect(Collectors.groupingBy(call -> call.fact().key().toString()));
    assertThat(byKey.values().stream().map(ExplainerIT::accounted).toList())
        .containsExactlyInAnyOrderElementsOf(ENDPOINT.ledger().calls().values());
    assertThat(byKey.values())
        .allSatisfy(attempts ->
            assertThat(attempts.stream().map(CallTold::attempt))
                .containsExactlyElementsOf(
                    IntStream.rangeClosed(1, attempts.size()).boxed().toList()));
    assertThat(calls.stream().map(CallTold::price).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(
            PRICE.of(
                new Usage(
                    ENDPOINT.ledger().promptTokens(), 0, ENDPOINT.ledger().completionTokens())));
  }

  @Test
  void tellsTheOutcomeThatTheDatasetHas() {
    assertThat(captions(told)).isEqualTo(captions);
    assertThat(samples(told)).isEqualTo(samples);
    assertThat(captions)
        .containsKeys("exported", "failed(refused_request)", "rejected(embedding_failed)");
    assertThat(samples).containsKeys("exported", "rejected(not_json)");
    assertThat(calls(told)).anyMatch(CallTold::mended);
    assertThat(
            told.stream()
                .flatMap(one -> one.dialogues().stream())
                .map(Dialogue::verdict)
                .filter(Verdict.Sample.class::isInstance)
                .map(verdict -> ((Verdict.Sample) verdict).rung()))
        .contains(Rung.values());
  }

  @Test
  void tellsTheSurplusOfASmallerRecipe() throws Exception {
    Explainer explainer = open(JOURNAL);
    Recipe own = explainer.spec().recipe();
    Recipe smaller =
        new Recipe(
            own.tasks().keySet().stream().collect(Collectors.toMap(task -> task, _ -> 2L)),
            own.repair(),
            own.filters(),
            own.transfer(),
            own.dataset(),
            own.randomSeed());

    List<RecordId> asked =
        told.stream().filter(one -> one.dialogues().size() > 1).map(Explanation::record).toList();
    Map<String, Long> smallerSamples = samples(explainAll(explainer.by(smaller), asked));

    assertThat(smallerSamples)
        .isEqualTo(replay(JOURNAL).by(smaller).into(folder.resolve("smaller")).samples());
    assertThat(smallerSamples.get("rejected(surplus)")).isPositive();
  }

  @Test
  void readsADamagedJournalAsFarAsItIsSound() throws Exception {
    String damaged = "damaged/journal";
    copyWithItsLastReplyDamaged(folder.resolve(JOURNAL), folder.resolve(damaged));

    Explanation first = explain(open(damaged), new RecordId(1));

    assertThat(first.lastSeq()).isLessThan(told.getFirst().lastSeq());
    assertThat(first.damage().orElse("")).contains("--until " + first.lastSeq());
    assertThat(first.seed()).isEqualTo(told.getFirst().seed());
    assertThat(replay(damaged).until(first.lastSeq()).into(folder.resolve("sound")).captions())
        .containsKey("exported");
  }

  @Test
  void hasNothingToTellOfARecordThatIsNone() throws Exception {
    assertThat(open(JOURNAL).explain(new RecordId(SEEDS + 1))).isEmpty();
  }

  private static CallLedger.Call accounted(Collection<CallTold> attempts) {
    Usage usage = attempts.stream().map(CallTold::usage).reduce(Usage.NONE, Usage::plus);
    int completions =
        (int)
            attempts.stream()
                .filter(call -> call.envelope().filter(Envelope::usageReported).isPresent())
                .count();
    return new CallLedger.Call(
        attempts.size(), completions, usage.inputTokens(), usage.outputTokens());
  }

  private static List<CallTold> calls(List<Explanation> told) {
    return told.stream()
        .flatMap(one -> one.dialogues().stream())
        .flatMap(dialogue -> dialogue.calls().stream())
        .toList();
  }

  private static Map<String, Long> captions(List<Explanation> told) {
    return count(told.stream().map(one -> one.caption().name()));
  }

  /// As datasets count them: of records that were asked about.
  private static Map<String, Long> samples(List<Explanation> told) {
    return count(
        told.stream()
            .filter(one -> one.dialogues().size() > 1)
            .map(one -> one.sample().orElseThrow().name()));
  }

  private static Map<String, Long> count(Stream<String> names) {
    return names.collect(
        Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  private static List<Explanation> explainAll(Explainer explainer, List<RecordId> records)
      throws Exception {
    List<Explanation> all = new ArrayList<>();
    for (RecordId record : records) {
      all.add(explain(explainer, record));
    }
    return all;
  }

  private static Explanation explain(Explainer explainer, RecordId record) throws Exception {
    return explainer.explain(record).orElseThrow();
  }

  private static Explainer open(String journal) throws Exception {
    return Explainer.open(folder.resolve(journal)).orElseThrow();
  }

  private static Replay replay(String journal) {
    return Replay.of(folder.resolve(journal), "test");
  }

  private static void copyWithItsLastReplyDamaged(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
          continue;
        }
        byte[] bytes = Files.readAllBytes(file);
        int reply = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("chatcmpl");
        if (reply >= 0) {
          bytes[reply] ^= 1;
        }
        Files.write(copy, bytes);
      }
    }
  }

  private static JobEnd.Completed run() throws Exception {
    Files.write(
        folder.resolve("seeds.txt"),
        IntStream.rangeClosed(1, SEEDS)
            .mapToObj(i -> "a blue boat number " + i + " on a lake")
            .toList());
    JobSpec spec =
        JobFile.parse(
            """
            name = told
            seeds = [ { file = seeds.txt } ]
            caption { endpoint = scripted }
            instruct { endpoint = scripted, tasks { multiple_choice = 8, question_answering = 8, complex_reasoning = 8 } }
            """,
            "job.conf");
    EndpointSettings settings = EndpointDraft.at(ENDPOINT::url).settings();
    ActorRef<EndpointPool.Command> pool =
        ACTORS.spawn(EndpointPool.of(List.of(settings), System::nanoTime, 1));
    JobSetup setup =
        new JobSetup(
            new JobId("told"),
            spec,
            folder,
            folder.resolve("told"),
            folder.resolve("told-dataset"),
            JournalSettings.DEFAULT,
            Map.of(
                "scripted",
                new JobSetup.ServedEndpoint(
                    pool,
                    LlmProviders.client(settings, ACTORS.system()),
                    EndpointDraft.bound(settings, PRICE),
                    8)),
            Map.of(),
            Optional.of(new HashingEncoder(16, "wooden")),
            DiskReserve.of(0),
            JobSetup.FACTS_PER_SNAPSHOT,
            "test");
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    ACTORS.spawn(Job.open(setup, end));
    return (JobEnd.Completed) end.get(120, TimeUnit.SECONDS);
  }
}
