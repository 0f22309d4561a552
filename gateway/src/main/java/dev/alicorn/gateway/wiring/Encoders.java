package dev.alicorn.gateway.wiring;

import dev.alicorn.config.Deployment;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.gpuworker.EncoderBackend;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.folder.EncoderFolders;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;

/// The encoders of a deployment: those of this process, each loaded when the first job needs it,
/// and those that other processes work for. Thread-safe.
public final class Encoders implements AutoCloseable {
  /// A pool says before that that no worker has come; this ends the wait for an answer that was
  /// lost.
  public static final Duration WORKER_COMES_WITHIN = Duration.ofMinutes(15);

  private static final int CHARS_A_TOKEN = 4;

  private final Deployment deployment;
  private final ModelStore models;
  private final Progress downloads;
  private final ActorSystem<SpawnProtocol.Command> system;
  private final Map<String, EncoderClient> own = new HashMap<>();
  private Optional<EncoderPools> pools;

  private Encoders(
      Deployment deployment,
      ModelStore models,
      Progress downloads,
      ActorSystem<SpawnProtocol.Command> system,
      Optional<EncoderPools> pools) {
    this.deployment = deployment;
    this.models = models;
    this.downloads = downloads;
    this.system = system;
    this.pools = pools;
  }

  /// Makes the encoders known; workers can join from now on.
  ///
  /// @throws UnavailableException when the address for workers cannot be had
  public static Encoders open(
      Deployment deployment,
      ModelStore models,
      Progress downloads,
      ActorSystem<SpawnProtocol.Command> system)
      throws UnavailableException {
    try {
      return new Encoders(
          deployment,
          models,
          downloads,
          system,
          deployment.hasWorkers()
              ? Optional.of(EncoderPools.open(deployment, models))
              : Optional.empty());
    } catch (EncoderException e) {
      throw new UnavailableException(String.valueOf(e.getMessage()));
    }
  }

  /// Gets an encoder ready; one with workers when the first of them is there.
  ///
  /// @param within how long to wait for that
  /// @throws EncoderException when it cannot be loaded, or no worker comes
  /// @throws ModelException when its model cannot be fetched
  public EncoderClient client(String name, EncoderConfig config, Duration within)
      throws EncoderException, ModelException, InterruptedException {
    return switch (config) {
      case EncoderConfig.Local local when local.processes() == 0 -> ownClient(name, local);
      case EncoderConfig.Local local -> {
        // Fetched once, with its progress shown, and not by each process.
        var _ = EncoderFolders.open(local.source(), models, downloads);
        yield pools().client(name, config, within, system.scheduler());
      }
      case EncoderConfig.Remote _ -> pools().client(name, config, within, system.scheduler());
    };
  }

  /// Loads an encoder into this process.
  ///
  /// @throws EncoderException when it cannot be loaded here
  /// @throws ModelException when its model cannot be fetched
  public static TextEncoder load(EncoderConfig.Local local, ModelStore models, Progress downloads)
      throws EncoderException, ModelException, InterruptedException {
    return EncoderBackend.open(local, EncoderFolders.open(local.source(), models, downloads));
  }

  /// How an encoder is driven on this machine.
  public static EncoderWorker.Settings worker(EncoderConfig.Local local) {
    EncoderWorker.Settings machine = EncoderWorker.Settings.forThisMachine();
    return switch (local) {
      case EncoderConfig.Onnx onnx -> machine.with(onnx.callers(), machine.batchTokensMax());
      case EncoderConfig.TensorRt tensorRt ->
          machine.with(tensorRt.callers(), tensorRt.batchTokens());
    };
  }

  /// About as many characters as those tokens of English are.
  static int chars(int tokens) {
    return CHARS_A_TOKEN * tokens;
  }

  private EncoderClient ownClient(String name, EncoderConfig.Local local)
      throws EncoderException, ModelException, InterruptedException {
    synchronized (own) {
      EncoderClient known = own.get(name);
      if (known != null) {
        return known;
      }
      TextEncoder encoder = load(local, models, downloads);
      ActorRef<EncoderWorker.Command> worker =
          Spawning.spawn(system, EncoderWorker.create(encoder, worker(local)), "encoder-" + name);
      EncoderClient opened =
          new EncoderWorkerClient(
              encoder.description(), chars(encoder.windowTokens()), worker, system.scheduler());
      own.put(name, opened);
      return opened;
    }
  }

  /// The pools; new ones where something has ended them.
  private synchronized EncoderPools pools() throws EncoderException {
    EncoderPools now = pools.orElseThrow();
    if (!now.isAlive()) {
      now.close();
      now = EncoderPools.open(deployment, models);
      pools = Optional.of(now);
    }
    return now;
  }

  @Override
  public synchronized void close() {
    pools.ifPresent(EncoderPools::close);
  }
}
