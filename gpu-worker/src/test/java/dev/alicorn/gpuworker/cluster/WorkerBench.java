package dev.alicorn.gpuworker.cluster;

import dev.alicorn.config.ClusterConfig;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.folder.CatalogueEncoders;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.process.JavaProcess;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// An engine's side with a pool whose workers are real processes, the built-in encoder in each.
final class WorkerBench implements AutoCloseable {
  static final String ENCODER = "minilm";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String[] WORDS =
      "a red kite over the old harbour where boats and gulls wait for wind in the evening light"
          .split(" ", -1);

  final ActorSystem<SpawnProtocol.Command> system;
  final ActorTestKit kit;
  final TestProbe<EncoderPool.Reply> replies;
  final ConcurrentMap<Integer, WorkerProcess> processes = new ConcurrentHashMap<>();
  final ConcurrentMap<String, AtomicInteger> batchesByWorker = new ConcurrentHashMap<>();
  final ActorRef<EncoderPool.Command> pool;
  private EncoderDescription encoder =
      new EncoderDescription("none", ContentHash.of(""), 1, 1, false, false);

  /// @param count worker processes
  /// @param times that each of them, by its number, encodes a batch
  WorkerBench(int count, IntUnaryOperator times) throws Exception {
    this(new ClusterConfig("127.0.0.1", 0, Optional.empty()), count, times);
  }

  WorkerBench(ClusterConfig config, int count, IntUnaryOperator times) throws Exception {
    system = ClusterNode.engine(config);
    kit = ActorTestKit.create(system);
    replies = kit.createTestProbe();
    pool =
        kit.spawn(
            EncoderPool.create(
                PoolSettings.of(ENCODER, "start one", 60), self -> fleet(self, count, times)));
  }

  String address() {
    return ClusterNode.hostAndPort(system);
  }

  /// Waits for the first worker.
  EncoderPool.Opened open() {
    TestProbe<EncoderPool.Opening> opening = kit.createTestProbe();
    pool.tell(new EncoderPool.Open(Duration.ofMinutes(2), opening.ref()));
    EncoderPool.Opened opened = opening.expectMessageClass(EncoderPool.Opened.class, PATIENCE);
    encoder = opened.encoder();
    return opened;
  }

  void encode(EncodeBatch batch) {
    pool.tell(new EncoderPool.Encode(batch, encoder, replies.ref()));
  }

  EncodedBatch done() {
    EncoderPool.Reply reply = replies.receiveMessage(PATIENCE);
    if (reply instanceof EncoderPool.Done(EncodedBatch batch)) {
      return batch;
    }
    throw new AssertionError(reply);
  }

  WorkerProcess process(int slot) {
    return Objects.requireNonNull(processes.get(slot));
  }

  /// Batches that a worker has done.
  int batchesBy(WorkerProcess process) {
    AtomicInteger batches = batchesByWorker.get(process.worker());
    return batches == null ? 0 : batches.get();
  }

  private Behavior<WorkerFleet.Command> fleet(
      ActorRef<EncoderPool.Command> self, int count, IntUnaryOperator times) {
    return Behaviors.setup(context -> {
      ActorRef<WorkerFleet.Command> counter =
          context.spawn(
              Behaviors.<WorkerFleet.Command>receiveMessage(command -> {
                if (command instanceof WorkerFleet.Worked(String worker)) {
                  batchesByWorker
                      .computeIfAbsent(worker, _ -> new AtomicInteger())
                      .incrementAndGet();
                }
                return Behaviors.same();
              }),
              "counter");
      return Behaviors.monitor(
          WorkerFleet.Command.class,
          counter,
          WorkerFleet.create(
              count,
              slot -> launch(slot, times.applyAsInt(slot)),
              address -> ClusterNode.down(context.getSystem(), address),
              self));
    });
  }

  private WorkerProcess launch(int slot, int times) throws IOException {
    WorkerProcess process =
        WorkerProcess.start(worker(address(), times, "supervised"), "worker " + slot);
    processes.put(slot, process);
    return process;
  }

  /// A worker process for an engine.
  static ProcessBuilder worker(String engine, int times, String bond) {
    return JavaProcess.of(
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
        WorkerMain.class.getName(),
        List.of(ENCODER, engine, Integer.toString(times), bond));
  }

  /// Batches of captions made up of the same words.
  static List<EncodeBatch> batches(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<EncodeBatch> batches = new ArrayList<>();
    long record = 0;
    for (int i = 0; i < count; i++) {
      List<EncodeBatch.Item> items = new ArrayList<>();
      for (int item = random.nextInt(1, 5); item > 0; item--) {
        StringBuilder text = new StringBuilder();
        for (int word = random.nextInt(60); word > 0; word--) {
          text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        items.add(BatchPartsTest.item(++record, text.toString()));
      }
      batches.add(new EncodeBatch(items));
    }
    return batches;
  }

  /// What the encoder in this process makes of them.
  static List<EncodedBatch> inProcess(List<EncodeBatch> batches) throws Exception {
    List<EncodedBatch> encoded = new ArrayList<>();
    try (CaptionEncoder encoder =
        new CaptionEncoder(OnnxEncoder.open(CatalogueEncoders.minilm()), 2, 8192)) {
      for (EncodeBatch batch : batches) {
        encoded.add(encoder.encode(batch));
      }
    }
    return encoded;
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    processes.values().forEach(WorkerProcess::close);
  }
}
