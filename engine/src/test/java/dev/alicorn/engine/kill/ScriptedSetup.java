package dev.alicorn.engine.kill;

import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.job.DiskReserve;
import dev.alicorn.engine.job.HashingEncoder;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.llm.EndpointDraft;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/// What a job runs with that lies in a folder's `job` and `dataset`, with one scripted endpoint,
/// whatever its spec calls it, and vectors drawn by hash.
final class ScriptedSetup {
  // A snapshot at each start, so that kills meet it and what follows goes on from it.
  private static final int FACTS_PER_SNAPSHOT = 1;
  private static final Price PRICE =
      new Price(new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40"), "USD");
  private static final int DIMENSION = 8;

  private ScriptedSetup() {}

  /// @param inFlightMax calls at a time
  static JobSetup of(
      ActorSystem<?> system, JobSpec spec, Path folder, URI endpoint, int inFlightMax) {
    String name = spec.caption().endpoint();
    EndpointSettings settings =
        EndpointDraft.at(() -> endpoint)
            .named(name)
            .inFlight(inFlightMax)
            .withDeadline(Duration.ofSeconds(60))
            .settings();
    ActorRef<EndpointPool.Command> pool =
        system.systemActorOf(
            EndpointPool.of(List.of(settings), System::nanoTime, 1),
            "pool-" + folder.getFileName(),
            Props.empty());
    return new JobSetup(
        new JobId("killed"),
        spec,
        folder,
        folder.resolve("job"),
        folder.resolve("dataset"),
        JournalSettings.DEFAULT,
        Map.of(
            name,
            new JobSetup.ServedEndpoint(
                pool,
                LlmProviders.client(settings, system),
                EndpointDraft.bound(settings, PRICE),
                inFlightMax)),
        Map.of(),
        spec.embed().encoder().<EncoderClient>map(_ -> new HashingEncoder(DIMENSION, "")),
        DiskReserve.of(0),
        FACTS_PER_SNAPSHOT,
        "test");
  }
}
