package dev.alicorn.gateway.wiring;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.PoolConfig;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.job.DiskReserve;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.journal.Ballast;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.gpuworker.EncoderBackend;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.llama.LlamaUnavailableException;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.Http;
import org.slf4j.LoggerFactory;

/// What a job needs around it, working: an actor system, its endpoints and its encoder.
///
/// It closes what it opened, in the opposite order.
public final class Workplace implements AutoCloseable {
  private static final long STOP_SECONDS_MAX = 30;

  private final Deployment deployment;
  private final ActorSystem<SpawnProtocol.Command> system;
  private final Endpoints endpoints;
  private final Optional<EncoderClient> encoder;

  private Workplace(
      Deployment deployment,
      ActorSystem<SpawnProtocol.Command> system,
      Endpoints endpoints,
      Optional<EncoderClient> encoder) {
    this.deployment = deployment;
    this.system = system;
    this.endpoints = endpoints;
    this.encoder = encoder;
  }

  /// Starts what a job needs.
  ///
  /// @param models the folder of models
  /// @param downloads told of the fetching of a model
  /// @throws ConfigException when the job names what the deployment has not
  /// @throws UnavailableException when an endpoint is not there
  /// @throws ModelException when a model cannot be fetched
  /// @throws LlamaUnavailableException when the local model does not start
  /// @throws EncoderException when the encoder cannot be loaded
  public static Workplace open(
      Deployment deployment, ModelStore models, JobSpec spec, Progress downloads)
      throws ConfigException,
          UnavailableException,
          ModelException,
          LlamaUnavailableException,
          EncoderException,
          InterruptedException {
    SortedMap<String, PoolConfig> serving = JobEndpoints.of(deployment, spec);
    Optional<EncoderConfig> encoderConfig =
        spec.embed().encoder().isPresent()
            ? Optional.of(deployment.encoder("embed.encoder", spec.embed().encoder().get()))
            : Optional.empty();
    // Logging is set up by one thread, before the actor system's threads all ask for it.
    LoggerFactory.getILoggerFactory();
    ActorSystem<SpawnProtocol.Command> system =
        ActorSystem.create(SpawnProtocol.create(), "alicorn");
    try {
      Endpoints endpoints = Endpoints.open(deployment, serving, models, downloads, system);
      try {
        Optional<EncoderClient> encoder =
            encoderConfig.isPresent()
                ? Optional.of(encoder(encoderConfig.get(), system))
                : Optional.empty();
        return new Workplace(deployment, system, endpoints, encoder);
      } catch (EncoderException | RuntimeException e) {
        endpoints.close();
        throw e;
      }
    } catch (ConfigException
        | UnavailableException
        | ModelException
        | LlamaUnavailableException
        | EncoderException
        | InterruptedException
        | RuntimeException e) {
      stop(system);
      throw e;
    }
  }

  private static EncoderClient encoder(
      EncoderConfig config, ActorSystem<SpawnProtocol.Command> system) throws EncoderException {
    return switch (config) {
      case EncoderConfig.Onnx onnx -> {
        TextEncoder encoder = EncoderBackend.ONNX.open(onnx.model());
        EncoderWorker.Settings machine = EncoderWorker.Settings.forThisMachine();
        EncoderWorker.Settings settings =
            new EncoderWorker.Settings(
                onnx.callers().orElse(machine.callers()),
                machine.batchTokensMax(),
                machine.batchesInFlightMax());
        ActorRef<EncoderWorker.Command> worker =
            Spawning.spawn(system, EncoderWorker.create(encoder, settings), "encoder");
        yield new EncoderWorkerClient(encoder.description(), worker, system.scheduler());
      }
    };
  }

  public ActorSystem<SpawnProtocol.Command> system() {
    return system;
  }

  /// What there is to say of the job's endpoints: a line each, and one for whatever looks wrong.
  public List<String> endpointLines() {
    return endpoints.lines();
  }

  /// The setup of a job that this was opened for.
  ///
  /// @param folder the job's own folder
  /// @param dataset where its dataset will lie
  /// @param ballast of the data folder
  public JobSetup setup(
      JobId id, JobFile job, Path folder, Path dataset, Ballast ballast, String version) {
    JournalSettings journal =
        JournalSettings.DEFAULT
            .withBarrier(
                deployment.journal().barrierRecords(), deployment.journal().barrierInterval())
            .withBallast(ballast);
    return new JobSetup(
        id,
        job.spec(),
        job.folder(),
        folder,
        dataset,
        journal,
        endpoints.served(),
        endpoints.pools(),
        encoder,
        DiskReserve.of(deployment.journal().reserveBytes()),
        JobSetup.FACTS_PER_SNAPSHOT,
        version);
  }

  @Override
  public void close() {
    endpoints.close();
    stop(system);
  }

  private static void stop(ActorSystem<?> system) {
    try {
      // A connection pool that is alive when its system ends says so as an error.
      Http.get(Adapter.toClassic(system))
          .shutdownAllConnectionPools()
          .toCompletableFuture()
          .get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("the actor system does not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
