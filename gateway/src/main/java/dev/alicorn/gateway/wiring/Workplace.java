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
import dev.alicorn.engine.transfer.TransferMethods;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.llama.LlamaUnavailableException;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.Http;
import org.slf4j.LoggerFactory;

/// What jobs need around them, working: an actor system, the endpoints that they may use, and
/// encoders, each loaded when the first job needs it.
///
/// It closes what it opened, in the opposite order. Thread-safe.
public final class Workplace implements AutoCloseable {
  private static final long STOP_SECONDS_MAX = 30;

  private final Deployment deployment;
  private final ActorSystem<SpawnProtocol.Command> system;
  private final Endpoints endpoints;
  private final Encoders encoders;

  /// What serves one job.
  ///
  /// @param endpointLines what there is to say of its endpoints: a line each, and one for whatever
  ///   looks wrong
  public record Equipment(
      Map<String, JobSetup.ServedEndpoint> endpoints,
      Map<String, JobSetup.Serving> pools,
      Optional<EncoderClient> encoder,
      List<String> endpointLines) {}

  private Workplace(
      Deployment deployment,
      ActorSystem<SpawnProtocol.Command> system,
      Endpoints endpoints,
      Encoders encoders) {
    this.deployment = deployment;
    this.system = system;
    this.endpoints = endpoints;
    this.encoders = encoders;
  }

  /// A place for one job, with the endpoints that it names.
  ///
  /// @param models the folder of models
  /// @param downloads told of the fetching of a model
  /// @throws ConfigException when the job names what the deployment has not
  /// @throws UnavailableException when this process may not open that many connections, or not the
  ///   address that encoder workers join at
  public static Workplace forJob(
      Deployment deployment, ModelStore models, JobSpec spec, Progress downloads)
      throws ConfigException, UnavailableException {
    Set<String> names = new LinkedHashSet<>();
    JobEndpoints.of(deployment, spec).values().forEach(pool -> names.addAll(pool.endpoints()));
    return open(deployment, names, models, downloads);
  }

  /// A place for any job that the deployment can serve.
  public static Workplace forAll(Deployment deployment, ModelStore models, Progress downloads)
      throws ConfigException, UnavailableException {
    return open(deployment, deployment.endpoints().keySet(), models, downloads);
  }

  private static Workplace open(
      Deployment deployment, Collection<String> endpoints, ModelStore models, Progress downloads)
      throws ConfigException, UnavailableException {
    ActorSystem<SpawnProtocol.Command> system = start();
    try {
      Encoders encoders = Encoders.open(deployment, models, downloads, system);
      try {
        return new Workplace(
            deployment,
            system,
            Endpoints.open(deployment, endpoints, models, downloads, system),
            encoders);
      } catch (ConfigException | UnavailableException | RuntimeException e) {
        encoders.close();
        throw e;
      }
    } catch (ConfigException | UnavailableException | RuntimeException e) {
      stop(system);
      throw e;
    }
  }

  /// Gets ready what serves a job, and waits for an encoder's first worker as long as one may take.
  ///
  /// @throws EncoderException when the encoder cannot be loaded, or no worker comes
  public Equipment equip(JobSpec spec)
      throws ConfigException,
          UnavailableException,
          ModelException,
          LlamaUnavailableException,
          EncoderException,
          InterruptedException {
    return equip(spec, Encoders.WORKER_COMES_WITHIN);
  }

  /// Gets ready what serves a job.
  ///
  /// @param encoderWithin how long to wait for an encoder's first worker
  /// @throws ConfigException when the job names what the deployment has not
  /// @throws UnavailableException when an endpoint is not there
  /// @throws ModelException when a model cannot be fetched
  /// @throws LlamaUnavailableException when the local model does not start
  /// @throws EncoderException when the encoder cannot be loaded, or no worker comes
  public Equipment equip(JobSpec spec, Duration encoderWithin)
      throws ConfigException,
          UnavailableException,
          ModelException,
          LlamaUnavailableException,
          EncoderException,
          InterruptedException {
    SortedMap<String, PoolConfig> serving = JobEndpoints.of(deployment, spec);
    Optional<EncoderConfig> config =
        spec.embed().encoder().isPresent()
            ? Optional.of(deployment.encoder("embed.encoder", spec.embed().encoder().get()))
            : Optional.empty();
    Endpoints.Served served = endpoints.serve(serving);
    Optional<EncoderClient> encoder =
        config.isPresent()
            ? Optional.of(
                encoders.client(spec.embed().encoder().orElseThrow(), config.get(), encoderWithin))
            : Optional.empty();
    if (encoder.isPresent()) {
      TransferMethods.requireMatch(spec.transfer(), encoder.get().description());
    }
    return new Equipment(served.endpoints(), served.pools(), encoder, served.lines());
  }

  /// How the endpoints are, in the order of their names.
  public CompletionStage<List<EndpointView>> endpoints() {
    return endpoints.look();
  }

  /// Takes an endpoint in again that was out of service; false where there is none of that name.
  public boolean reset(String endpoint) {
    return endpoints.reset(endpoint);
  }

  public ActorSystem<SpawnProtocol.Command> system() {
    return system;
  }

  /// The setup of a job.
  ///
  /// @param equipment what this place gave for its spec
  /// @param folder the job's own folder
  /// @param dataset where its dataset will lie
  /// @param ballast of the data folder
  public JobSetup setup(
      Equipment equipment,
      JobId id,
      JobFile job,
      Path folder,
      Path dataset,
      Ballast ballast,
      String version) {
    return new JobSetup(
        id,
        job.spec(),
        job.folder(),
        folder,
        dataset,
        journal(ballast),
        equipment.endpoints(),
        equipment.pools(),
        equipment.encoder(),
        disk(),
        JobSetup.FACTS_PER_SNAPSHOT,
        version);
  }

  /// How much of the disk is left free.
  public DiskReserve disk() {
    return DiskReserve.of(deployment.journal().reserveBytes());
  }

  /// How journals are written.
  ///
  /// @param ballast of the data folder
  public JournalSettings journal(Ballast ballast) {
    return JournalSettings.DEFAULT
        .withBarrier(deployment.journal().barrierRecords(), deployment.journal().barrierInterval())
        .withBallast(ballast);
  }

  @Override
  public void close() {
    endpoints.close();
    encoders.close();
    stop(system);
  }

  static ActorSystem<SpawnProtocol.Command> start() {
    // Logging is set up by one thread, before the actor system's threads all ask for it.
    LoggerFactory.getILoggerFactory();
    return ActorSystem.create(SpawnProtocol.create(), "alicorn");
  }

  /// Ends an actor system and its connections.
  static void stop(ActorSystem<?> system) {
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
