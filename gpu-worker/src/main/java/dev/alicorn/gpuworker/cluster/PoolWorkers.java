package dev.alicorn.gpuworker.cluster;

import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.EncoderMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/// The workers of a pool: all have one encoder, that of the first, until a pool that has neither
/// workers nor work is offered another.
final class PoolWorkers {
  private final String pool;
  private final Map<ActorRef<EncoderMessage.ToWorker>, String> workers = new HashMap<>();
  private Optional<EncoderDescription> encoder = Optional.empty();
  private int windowTokens;

  /// @param pool the name that they join under
  PoolWorkers(String pool) {
    this.pool = pool;
  }

  boolean isEmpty() {
    return workers.isEmpty();
  }

  /// The encoder that they have, or had.
  Optional<EncoderDescription> encoder() {
    return encoder;
  }

  /// The encoder, while there is a worker that has it.
  Optional<EncoderPool.Opened> opened() {
    return isEmpty()
        ? Optional.empty()
        : encoder.map(described -> new EncoderPool.Opened(described, windowTokens));
  }

  /// Why a worker cannot be one of them; empty where it can.
  ///
  /// @param idle whether the pool owes nothing
  Optional<String> refusal(EncoderMessage.WorkerOffered offered, boolean idle) {
    if (encoder.isEmpty() || encoder.get().equals(offered.encoder()) || (isEmpty() && idle)) {
      return Optional.empty();
    }
    return Optional.of(
        "worker %s has encoder %s, and the others of encoder %s have %s; give it the same model"
            .formatted(offered.worker(), name(offered.encoder()), pool, name(encoder.get())));
  }

  /// Takes a worker in; false where it is in already.
  boolean add(ActorRef<EncoderMessage.ToWorker> worker, EncoderMessage.WorkerOffered offered) {
    encoder = Optional.of(offered.encoder());
    windowTokens = Math.max(windowTokens, offered.windowTokens());
    return workers.put(worker, offered.worker()) == null;
  }

  /// Takes a worker out; its host and port where it was in.
  Optional<String> remove(ActorRef<EncoderMessage.ToWorker> worker) {
    return Optional.ofNullable(workers.remove(worker));
  }

  /// An encoder as people tell it from others.
  static String name(EncoderDescription encoder) {
    return encoder.name() + " (" + encoder.hash().hex().substring(0, 12) + ")";
  }
}
