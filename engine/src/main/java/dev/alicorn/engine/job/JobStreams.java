package dev.alicorn.engine.job;

import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.llm.CallFlow;
import dev.alicorn.engine.llm.Endpoint;
import dev.alicorn.engine.llm.LlmAnswer;
import dev.alicorn.engine.llm.Tokens;
import dev.alicorn.engine.records.RecentRecords;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.step.Brake;
import dev.alicorn.engine.step.CallTerms;
import dev.alicorn.engine.step.Calls;
import dev.alicorn.engine.step.CaptionStep;
import dev.alicorn.engine.step.EmbedStep;
import dev.alicorn.engine.step.Hold;
import dev.alicorn.engine.step.InstructStep;
import dev.alicorn.engine.step.JournalTail;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import dev.alicorn.protocol.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// The one place where a job's streams run: seeds into the journal, and each step from what is owed
/// to what is settled.
///
/// ```
/// sources ─► seeds ─► journal ─► captions ─┬─► embeddings
///                                          └─► instructions
/// ```
///
/// The journal lies between them, so that each goes at its own pace. A switch sits behind each
/// source: when it is shut, what is in flight ends as it would and nothing further is begun.
final class JobStreams {
  private static final int SEED_APPENDS_IN_FLIGHT_MAX = 512;
  private static final String BLOCKING = "pekko.actor.default-blocking-io-dispatcher";

  private final OpenJob job;
  private final Hold hold;
  private final Brake brake;
  private final RecentRecords recent;
  private final RecordLog log;
  private final ActorSystem<?> system;
  private final SharedKillSwitch sources;
  private final List<Endpoint> endpoints = new ArrayList<>();

  /// @param recent takes what is settled
  JobStreams(OpenJob job, Hold hold, Brake brake, RecentRecords recent, ActorSystem<?> system) {
    this.job = job;
    this.recent = recent;
    this.log = new RecordLog(job.setup().id());
    this.hold = hold;
    this.brake = brake;
    this.system = system;
    this.sources = KillSwitches.shared("sources of " + job.setup().id());
  }

  /// Runs all streams; completes when each has ended, and exceptionally with the first that failed,
  /// after which the others are ended too.
  CompletionStage<Done> run() {
    List<CompletionStage<Done>> streams = new ArrayList<>();
    streams.add(seeds());
    streams.add(captions());
    job.setup().encoder().ifPresent(encoder -> streams.add(embeddings(encoder)));
    streams.add(instructions());
    CompletableFuture<?>[] all =
        streams.stream()
            .map(stream -> stream.whenComplete(this::endAllOnFailure).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(all).thenApply(_ -> Done.getInstance());
  }

  /// Begins nothing further; what was held is refused.
  void drain() {
    sources.shutdown();
    hold.open();
    endpoints.forEach(Endpoint::recheck);
  }

  private void endAllOnFailure(Done done, Throwable failure) {
    if (failure != null) {
      sources.abort(failure);
    }
  }

  private CompletionStage<Done> seeds() {
    if (job.state().seeds().sealed() || job.setup().spec().isStreamed()) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    SeedReader rows = new SeedReader(job.setup().spec().seeds(), job.setup().baseFolder());
    SeedIntake intake = new SeedIntake(rows, job.state().seeds());
    return Source.fromIterator(() -> intake)
        .withAttributes(ActorAttributes.dispatcher(BLOCKING))
        .via(sources.<JournalEvent>flow())
        .via(this.<JournalEvent>held())
        .mapAsync(SEED_APPENDS_IN_FLIGHT_MAX, fact -> job.journal().append(fact))
        .runWith(Sink.ignore(), system)
        .whenComplete((_, _) -> close(rows));
  }

  private CompletionStage<Done> captions() {
    Optional<Position> owed = job.firstOwedSeed();
    if (owed.isEmpty()) {
      job.backlog().captionsClosed();
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    JobSpec.Caption spec = job.setup().spec().caption();
    JobSetup.Serving serving = job.setup().serving(spec.endpoint());
    CaptionStep step =
        new CaptionStep(
            spec,
            serving.model(),
            job.state().judge(),
            calls("caption", serving),
            inFlightMax(serving));
    return JournalTail.of(
            job.journal(),
            owed.get(),
            Set.of(EventType.SEED_ACCEPTED, EventType.SEED_REFUSED, EventType.SEEDS_SEALED))
        .via(sources.<JournalEntry>flow())
        .takeWhile(this::admit)
        .mapConcat(entry ->
            entry.event() instanceof SeedAccepted seed && job.backlog().captionOwed(seed.record())
                ? List.of(seed)
                : List.of())
        .map(seed ->
            new CaptionStep.OwedCaption(seed, job.backlog().known(seed.record(), Stage.CAPTION)))
        .via(step.flow())
        .map(captioned -> {
          SeedAccepted seed = captioned.seed();
          CaptionVerdict verdict = captioned.outcome().verdict();
          job.backlog().captionSettled(seed.record(), verdict, captioned.outcome().last());
          recent.settled(seed, verdict).ifPresent(log::settled);
          return captioned;
        })
        .runWith(Sink.ignore(), system)
        .thenApply(done -> {
          if (brake.pulled().isEmpty()) {
            job.backlog().captionsClosed();
          }
          return done;
        });
  }

  /// Lets the backlog know of a seed's fact; false at the seal.
  private boolean admit(JournalEntry entry) {
    boolean folded = entry.seq() <= job.state().end().seq();
    return switch (entry.event()) {
      case SeedAccepted seed -> {
        if (!folded) {
          job.backlog().admit(seed.record(), entry.position());
        }
        yield true;
      }
      case SeedRefused _ -> {
        if (!folded) {
          job.backlog().seedRefused();
        }
        yield true;
      }
      case SeedsSealed _ -> {
        if (!folded) {
          job.backlog().sealed();
        }
        yield false;
      }
      default -> throw new IllegalStateException("no fact of a seed: " + entry);
    };
  }

  private CompletionStage<Done> embeddings(EncoderClient encoder) {
    EmbedStep step = new EmbedStep(job.journal(), encoder, brake);
    return source(job.backlog().toEmbed())
        .via(this.<RecordId>held())
        .map(record -> new EmbedStep.OwedEmbedding(record, job.state().captions().of(record)))
        .via(step.flow())
        .map(embedded -> {
          job.backlog().embeddingSettled(embedded.record(), embedded.fact());
          return embedded;
        })
        .runWith(Sink.ignore(), system);
  }

  private CompletionStage<Done> instructions() {
    JobSpec.Instruct spec = job.setup().spec().instruct();
    if (spec.tasks().isEmpty()) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    JobSetup.Serving serving = job.setup().serving(spec.endpoint());
    InstructStep step =
        new InstructStep(
            spec,
            serving.model(),
            job.state().judge(),
            calls("instruct", serving),
            inFlightMax(serving));
    return source(job.backlog().toInstruct())
        .map(this::drawn)
        .via(step.flow())
        .map(instructed -> {
          InstructStep.OwedSample drawn = instructed.drawn();
          SampleVerdict verdict = instructed.outcome().verdict();
          job.backlog().sampleSettled(drawn.record(), drawn.task(), verdict);
          recent
              .settled(drawn.record(), drawn.task(), drawn.caption(), verdict)
              .ifPresent(log::settled);
          return instructed;
        })
        .runWith(Sink.ignore(), system);
  }

  private InstructStep.OwedSample drawn(RecordId record) {
    TaskName task = job.backlog().taskOf(record);
    return new InstructStep.OwedSample(
        record, task, job.state().captions().of(record), job.backlog().known(record, task.stage()));
  }

  private Source<RecordId, NotUsed> source(Lane lane) {
    return Source.<Lane, RecordId>unfoldAsync(
            lane,
            from -> from.next().thenApply(next -> next.map(record -> Pair.create(from, record))))
        .via(sources.flow());
  }

  /// What passes while nothing is held.
  private <T> Flow<T, T, NotUsed> held() {
    return Flow.<T>create().mapAsync(1, element -> hold.passage().thenApply(_ -> element));
  }

  private int inFlightMax(JobSetup.Serving serving) {
    return servers(serving).mapToInt(JobSetup.ServedEndpoint::inFlightMax).sum();
  }

  private Stream<JobSetup.ServedEndpoint> servers(JobSetup.Serving serving) {
    return serving.team().endpoints().stream().map(job.setup()::endpoint);
  }

  private Calls calls(String step, JobSetup.Serving serving) {
    JobSetup.ServedEndpoint first = job.setup().endpoint(serving.team().endpoints().getFirst());
    Endpoint endpoint =
        new Endpoint(
            first.pool(),
            new CallFlow(
                job.setup().id().value(), job.setup().spec().weight(), step, serving.team()),
            servers(serving)
                .collect(Collectors.toMap(it -> it.bound().endpoint(), JobStreams::server)),
            this::refusal,
            system.executionContext());
    endpoints.add(endpoint);
    return new Calls(
        job.journal(),
        endpoint,
        CallTerms.of(servers(serving).map(JobSetup.ServedEndpoint::bound).toList()),
        job.setup().spec().repeat(),
        job.reuse(),
        job.spending(),
        hold,
        brake);
  }

  private static Endpoint.Server server(JobSetup.ServedEndpoint served) {
    WireFormat wire = served.bound().wire();
    return new Endpoint.Server(
        served.client(),
        served.bound().model(),
        body -> Tokens.of(Envelope.read(body, wire).usage()));
  }

  /// The job's own say on its next call.
  private Optional<LlmAnswer.Unavailable> refusal() {
    return brake.pulled().map(pull -> new LlmAnswer.Unavailable(pull.reason(), pull.detail()));
  }

  private static void close(SeedReader rows) {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
