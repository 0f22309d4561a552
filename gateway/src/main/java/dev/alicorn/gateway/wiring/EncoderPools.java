package dev.alicorn.gateway.wiring;

import dev.alicorn.config.Deployment;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.gateway.Main;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.cluster.ClusterNode;
import dev.alicorn.gpuworker.cluster.EncoderPool;
import dev.alicorn.gpuworker.cluster.PoolSettings;
import dev.alicorn.gpuworker.cluster.WorkerFleet;
import dev.alicorn.gpuworker.cluster.WorkerProcess;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The encoders that other processes work for, and the cluster node where these join.
final class EncoderPools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderPools.class);
  private static final long STOP_SECONDS_MAX = 30;

  /// A process of ours may have to build what its encoder runs on.
  private static final int OWN_WORKER_SECONDS_MAX = 600;

  private static final int REMOTE_WORKER_SECONDS_MAX = 120;

  /// What a worker has at a time.
  private static final int BATCHES_A_WORKER = 4;

  /// As many as a job finds work for, of those whose number nobody knows.
  private static final int REMOTE_WORKERS = 16;

  private final ActorSystem<SpawnProtocol.Command> node;
  private final Map<String, ActorRef<EncoderPool.Command>> pools = new HashMap<>();

  private EncoderPools(ActorSystem<SpawnProtocol.Command> node) {
    this.node = node;
  }

  /// Opens the address for workers; none is started yet.
  ///
  /// @throws EncoderException when the address or a certificate cannot be had
  static EncoderPools open(Deployment deployment, ModelStore models) throws EncoderException {
    EncoderPools pools = new EncoderPools(ClusterNode.engine(deployment.cluster()));
    String address = ClusterNode.hostAndPort(pools.node);
    LOG.info("encoder workers join at {}", address);
    deployment
        .encoders()
        .forEach((name, config) -> {
          switch (config) {
            case EncoderConfig.Local local -> {
              if (local.processes() > 0) {
                pools.add(
                    PoolSettings.of(
                        name,
                        "its processes are starting, and the log says what keeps them",
                        OWN_WORKER_SECONDS_MAX),
                    pool ->
                        Behaviors.setup(context ->
                            WorkerFleet.create(
                                local.processes(),
                                slot -> launch(deployment, models, name, slot, address),
                                worker -> ClusterNode.down(context.getSystem(), worker),
                                pool)));
              }
            }
            case EncoderConfig.Remote _ ->
                pools.add(
                    PoolSettings.byHand(
                        name,
                        "start one with `./alicorn gpu-worker %s --join %s`"
                            .formatted(name, address),
                        REMOTE_WORKER_SECONDS_MAX),
                    _ -> Behaviors.ignore());
          }
        });
    return pools;
  }

  private void add(
      PoolSettings settings,
      Function<ActorRef<EncoderPool.Command>, Behavior<WorkerFleet.Command>> fleet) {
    pools.put(
        settings.encoder(),
        Spawning.spawn(node, EncoderPool.create(settings, fleet), "encoder-" + settings.encoder()));
  }

  private static WorkerProcess launch(
      Deployment deployment, ModelStore models, String encoder, int slot, String address)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "gpu-worker",
                encoder,
                "--join",
                address,
                "--supervised",
                "--models",
                models.folder().toString()));
    deployment.file().ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
    ProcessBuilder builder =
        JavaProcess.of(
            List.of(
                "-Xmx1g",
                "-XX:ErrorFile=%s/alicorn-worker-%%p.log"
                    .formatted(System.getProperty("java.io.tmpdir"))),
            Main.class.getName(),
            arguments);
    // Its lines become those of this process's log.
    builder.environment().put("ALICORN_LOG", "text");
    return WorkerProcess.start(builder, "gpu-worker " + encoder + "/" + slot);
  }

  /// Whether batches can be sent here.
  boolean isAlive() {
    return !node.getWhenTerminated().toCompletableFuture().isDone();
  }

  /// Waits for an encoder's first worker.
  ///
  /// @param within how long; the pool goes on waiting
  /// @param scheduler that outlives this node
  /// @throws EncoderException when none comes
  EncoderClient client(String name, EncoderConfig config, Duration within, Scheduler scheduler)
      throws EncoderException, InterruptedException {
    ActorRef<EncoderPool.Command> pool = Objects.requireNonNull(pools.get(name));
    EncoderPool.Opening opening;
    try {
      opening =
          AskPattern.<EncoderPool.Command, EncoderPool.Opening>ask(
                  pool,
                  replyTo -> new EncoderPool.Open(within, replyTo),
                  Encoders.WORKER_COMES_WITHIN,
                  scheduler)
              .toCompletableFuture()
              .get();
    } catch (ExecutionException e) {
      throw new EncoderException(
          "encoder %s: the node that its workers join has stopped; try again".formatted(name), e);
    }
    return switch (opening) {
      case EncoderPool.Opened(var encoder, int windowTokens) ->
          new PooledEncoderClient(
              encoder,
              BATCHES_A_WORKER * workers(config),
              Encoders.chars(windowTokens),
              pool,
              scheduler);
      case EncoderPool.Unavailable(String reason) -> throw new EncoderException(reason);
    };
  }

  private static int workers(EncoderConfig config) {
    return switch (config) {
      case EncoderConfig.Local local -> local.processes();
      case EncoderConfig.Remote _ -> REMOTE_WORKERS;
    };
  }

  /// Ends the processes that were started here, and the node.
  @Override
  public void close() {
    node.terminate();
    try {
      node.getWhenTerminated().toCompletableFuture().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the node of encoder workers does not stop", e);
    } catch (TimeoutException _) {
      LOG.warn(
          "the node that encoder workers join has not stopped within {} s and is left alone",
          STOP_SECONDS_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
