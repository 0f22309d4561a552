package dev.alicorn.gpuworker.cluster;

import dev.alicorn.config.ClusterConfig;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.TextEncoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker process's part in the cluster: from joining an engine to the end of one of them.
public final class WorkerNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerNode.class);
  private static final long LEAVE_SECONDS_MAX = 30;

  private final ActorSystem<WorkerGuardian.Command> system;
  private final CompletableFuture<String> end;

  private WorkerNode(ActorSystem<WorkerGuardian.Command> system, CompletableFuture<String> end) {
    this.system = system;
    this.end = end;
  }

  /// What a worker process is to do.
  ///
  /// @param encoder the name that it works under
  /// @param engine its host and port
  /// @param cluster this process's own address, and its certificates
  /// @param port of that address; 0 for any free one
  /// @param supervised whether the engine has started it
  public record Settings(
      String encoder, String engine, ClusterConfig cluster, int port, boolean supervised) {}

  /// Joins the engine.
  ///
  /// @param encoder taken over
  /// @throws EncoderException where the address or a certificate cannot be had
  public static WorkerNode join(
      Settings settings, TextEncoder encoder, EncoderWorker.Settings worker)
      throws EncoderException {
    CompletableFuture<String> end = new CompletableFuture<>();
    ActorSystem<WorkerGuardian.Command> system;
    try {
      system =
          ClusterNode.worker(
              settings.cluster(),
              settings.port(),
              settings.engine(),
              WorkerGuardian.create(
                  new WorkerGuardian.Settings(
                      settings.encoder(), settings.engine(), settings.supervised(), end),
                  encoder,
                  worker));
    } catch (EncoderException e) {
      encoder.close();
      throw e;
    }
    // A node that cannot join, or that the others have taken out, ends by itself.
    var _ =
        system
            .getWhenTerminated()
            .thenRun(() ->
                end.complete(
                    "the engine at %s does not answer, or has taken this worker out; check the address, that each reaches the other, and their certificates"
                        .formatted(settings.engine())));
    return new WorkerNode(system, end);
  }

  /// The line on standard output by which the engine that started this process knows it.
  public String announcement() {
    return WorkerProcess.ADDRESS + ClusterNode.address(system);
  }

  /// Waits until there is no more work for this process, and says why.
  public String awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Begins to leave the cluster: what is under way here goes to other workers.
  public void leave() {
    end.complete("it was asked to leave");
    system.terminate();
  }

  /// Leaves the cluster, and waits until that is done.
  @Override
  public void close() {
    leave();
    try {
      system.getWhenTerminated().toCompletableFuture().get(LEAVE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the worker's node does not stop", e);
    } catch (TimeoutException _) {
      // The others take out who does not answer, too.
      LOG.warn(
          "this worker's node has not stopped within {} s and is left alone", LEAVE_SECONDS_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
