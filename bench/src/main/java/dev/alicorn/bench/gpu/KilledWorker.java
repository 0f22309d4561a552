package dev.alicorn.bench.gpu;

import dev.alicorn.bench.encode.EncodedJob;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.DeploymentFile;
import dev.alicorn.engine.encoder.EncoderAnswer;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.gateway.wiring.Encoders;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;

/// Captions through worker processes as an engine starts them, once undisturbed and once with a
/// worker killed in the middle: nothing may be missing, and no vector may differ.
///
/// @param kind of the encoder, as in `alicorn.conf`
record KilledWorker(String kind, GpuModel model, ModelStore models, Path scratch) {
  private static final String ENCODER = "checked";

  Row row(String name, List<String> captions) throws Exception {
    Path file = scratch.resolve("alicorn.conf");
    Files.writeString(
        file,
        "encoders { %s { kind = %s, model = %s, processes = 2 } }\n"
            .formatted(ENCODER, kind, model.model().id()));
    Deployment deployment = DeploymentFile.load(file);
    ActorSystem<SpawnProtocol.Command> system =
        ActorSystem.create(SpawnProtocol.create(), "killed-worker");
    try (Encoders encoders = Encoders.open(deployment, models, Progress.NONE, system)) {
      EncoderClient client =
          encoders.client(
              ENCODER,
              Objects.requireNonNull(deployment.encoders().get(ENCODER)),
              Encoders.WORKER_COMES_WITHIN);
      List<EncodeBatch> requests = EncodedJob.requests(captions, client.batchCharsMax());
      encode(client, requests, () -> {});
      long start = System.nanoTime();
      List<EncodedBatch.Result> undisturbed = encode(client, requests, () -> {});
      double seconds = (System.nanoTime() - start) / 1e9;
      List<EncodedBatch.Result> disturbed = encode(client, requests, KilledWorker::kill);
      int changed = 0;
      for (int i = 0; i < disturbed.size(); i++) {
        changed += BadInput.same(undisturbed.get(i), disturbed.get(i)) ? 0 : 1;
      }
      return Row.of(name, "captions", captions.size())
          .and("captions_per_s", captions.size() / seconds)
          .and("missing", captions.size() - disturbed.size())
          .and("changed_vectors", changed);
    } finally {
      system.terminate();
    }
  }

  /// @param halfway is run when half the requests are on their way
  private static List<EncodedBatch.Result> encode(
      EncoderClient client, List<EncodeBatch> requests, Runnable halfway) throws Exception {
    Semaphore room = new Semaphore(client.batchesInFlightMax());
    List<CompletableFuture<EncoderAnswer>> answers = new ArrayList<>();
    for (EncodeBatch request : requests) {
      room.acquire();
      answers.add(
          client.encode(request).toCompletableFuture().whenComplete((_, _) -> room.release()));
      if (answers.size() == (requests.size() + 1) / 2) {
        halfway.run();
      }
    }
    List<EncodedBatch.Result> results = new ArrayList<>();
    for (CompletableFuture<EncoderAnswer> answer : answers) {
      switch (answer.get()) {
        case EncoderAnswer.Encoded(EncodedBatch encoded) -> results.addAll(encoded.results());
        case EncoderAnswer.Unavailable(String reason) -> throw new IllegalStateException(reason);
      }
    }
    return results;
  }

  private static void kill() {
    ProcessHandle worker =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains("gpu-worker"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no worker process is there to kill"));
    worker.destroyForcibly();
  }
}
